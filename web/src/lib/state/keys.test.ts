import { describe, expect, it } from '@jest/globals';

import { commandOf } from './keys.js';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('keys of the queue', () => {
  it.each([
    ['j', 'down'],
    ['k', 'up'],
    ['/', 'search'],
    ['?', 'help'],
    ['c', 'claim'],
    ['s', 'status'],
    ['p', 'priority'],
    ['g', 'category'],
    ['a', 'assignee'],
    ['n', 'note'],
    ['x', 'mark'],
    ['z', 'undo'],
    ['Escape', 'close'],
  ])('%s is %s, wherever the focus is', (key, command) => {
    expect(commandOf({ ...NONE, key }, 'elsewhere')).toBe(command);
    expect(commandOf({ ...NONE, key }, 'list')).toBe(command);
  });

  it.each(['ArrowDown', 'Enter', ' ', 'End'])('%s is the list’s only in the list', (key) => {
    expect(commandOf({ ...NONE, key }, 'list')).toBeDefined();
    expect(commandOf({ ...NONE, key }, 'elsewhere')).toBeUndefined();
  });

  it('does not mind Caps Lock', () => {
    expect(commandOf({ ...NONE, key: 'J' }, 'list')).toBe('down');
    expect(commandOf({ ...NONE, key: 'j', shiftKey: true }, 'list')).toBeUndefined();
  });

  it('leaves the browser its own', () => {
    expect(commandOf({ ...NONE, key: 'c', ctrlKey: true }, 'list')).toBeUndefined();
    expect(commandOf({ ...NONE, key: 'p', metaKey: true }, 'list')).toBeUndefined();
    expect(commandOf({ ...NONE, key: 's', altKey: true }, 'list')).toBeUndefined();
    expect(commandOf({ ...NONE, key: 'a', ctrlKey: true }, 'elsewhere')).toBeUndefined();
    expect(commandOf({ ...NONE, key: 'J', shiftKey: true }, 'list')).toBeUndefined();
  });

  it('opens the palette by either modifier, and the sheet by a shifted key', () => {
    expect(commandOf({ ...NONE, key: 'k', ctrlKey: true }, 'elsewhere')).toBe('palette');
    expect(commandOf({ ...NONE, key: 'K', metaKey: true }, 'list')).toBe('palette');
    expect(commandOf({ ...NONE, key: '?', shiftKey: true }, 'list')).toBe('help');
  });

  it('takes back as everywhere else, and leaves redo alone', () => {
    expect(commandOf({ ...NONE, key: 'z', ctrlKey: true }, 'elsewhere')).toBe('undo');
    expect(commandOf({ ...NONE, key: 'z', metaKey: true }, 'list')).toBe('undo');
    expect(commandOf({ ...NONE, key: 'Z', ctrlKey: true, shiftKey: true }, 'list')).toBeUndefined();
  });
});
