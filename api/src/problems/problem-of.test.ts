import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { allowedMethods } from './allowed-methods.js';
import { ProblemError } from './problem-error.js';
import { problemOf } from './problem-of.js';

const postgres = (code: string, more: object = {}) =>
  Object.assign(new pg.DatabaseError('secret detail', 1, 'error'), { severity: 'ERROR', code, ...more });
const system = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall });
const codeOf = (error: unknown) => problemOf(error)?.problem.code ?? null;
const fieldsOf = (error: unknown) => problemOf(error)?.problem.errors?.map(({ field }) => field);

describe('problemOf', () => {
  it.each([
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a pool that is full', new Error('timeout exceeded when trying to connect')],
    ['a refused connection', system('ECONNREFUSED', 'connect')],
    ['a socket that is gone', system('ENOENT', 'connect')],
    ['a server that stops', postgres('57P01')],
    ['a server that starts', postgres('57P03')],
    ['too many connections', postgres('53300')],
    ['a deadlock', postgres('40P01')],
    ['a serialization failure', postgres('40001')],
    ['a time-out', postgres('57014')],
  ])('%s is a 503', (_, error) => {
    expect(codeOf(error)).toBe('unavailable');
    expect(problemOf(error)!.message).not.toContain('secret');
  });

  it('a full disk is a 503 that says so, and no path', () => {
    const { problem } = problemOf(postgres('53100'))!;
    expect([problem.status, problem.detail]).toEqual([
      503,
      'The disk of the database is full: nothing was stored',
    ]);
  });

  it.each([
    [postgres('23514', { constraint: 'ticket_title_check' }), 'title'],
    [postgres('23514', { constraint: 'ticket_requester_whole' }), 'requester'],
    [postgres('23503', { constraint: 'ticket_assignee_id_fkey' }), 'assignee'],
    [postgres('23502', { column: 'description' }), 'description'],
    [postgres('22P02'), 'body'],
  ])('a value that the database refuses is a 400 that names the field', (error, field) => {
    expect([codeOf(error), fieldsOf(error)]).toEqual(['invalid', [field]]);
  });

  it.each([
    ['a fault in a statement', postgres('42601')],
    ['a missing table', postgres('42P01')],
    ['a file that is not there', system('ENOENT', 'open')],
    ['a bug', new TypeError('undefined is not a function')],
    ['nothing', undefined],
    ['a text', 'thrown'],
  ])('%s is ours: nothing is told', (_, error) => {
    expect(problemOf(error)).toBeNull();
  });

  it('keeps problems and names what Express could not read', () => {
    const problem = new ProblemError('gone', 'Deleted');
    expect(problemOf(problem)).toBe(problem);
    expect(codeOf(new NotFoundException('Cannot GET /secret'))).toBe('not_found');
    expect(fieldsOf(new BadRequestException('Unexpected token'))).toEqual(['body']);
    expect(fieldsOf(new BadRequestException('', { cause: new URIError('malformed') }))).toEqual(['path']);
    expect(codeOf(new HttpException('', 413))).toBe('too_large');
    expect(codeOf(new HttpException('', 415))).toBe('unsupported_media_type');
  });
});

describe('allowedMethods', () => {
  it('knows the paths of the contract, with and without a slash at the end', () => {
    for (const path of ['/api/tickets', '/api/tickets/', '/API/Tickets']) {
      expect(allowedMethods(path)).toEqual(['GET', 'HEAD', 'POST']);
    }
    expect(allowedMethods('/api/tickets/12')).toEqual(['GET', 'HEAD', 'PATCH', 'DELETE']);
    expect(allowedMethods('/api/tickets/stats')).toEqual(['GET', 'HEAD']);
    expect(allowedMethods('/api/tickets/12/more')).toEqual([]);
    expect(allowedMethods('/api')).toEqual([]);
  });
});
