/**
 * The searchable text of the tickets, apart from `ticket`, so that a change of status writes nothing here.
 *
 * `search` is title and description, folded: lower case, white space as blanks, and before every start of a word
 * (a letter or digit after something that is neither) a blank. Where the writer put none there, the blank is
 * written as U+001F and a blank, which text never holds otherwise. Words have no blanks, so a word is part of the
 * text just when its own folding is part of `search`, and it starts a word there just when it follows a blank:
 * both are a LIKE that pg_trgm finds, two letters included.
 *
 * `keys` makes the index lazy and complete. Positive: the spans of time around `created_at`, of 2^8, 2^11 … 2^26
 * seconds, so that a search reads the newest span first and stops. Negative: every character but a-z, 0-9 and the
 * blank, for words in which pg_trgm finds nothing to look up.
 */
export const TICKET_SEARCH_SQL = /* sql */ String.raw`
create extension if not exists pg_trgm;

create table ticket_text (
  ticket_id bigint primary key,
  created_at timestamptz(3) not null,
  search text not null,
  keys integer[] not null
);

-- Letters are Unicode's whatever the locale of the database, so the collation is named: PostgreSQL's own from 17 on,
-- else ICU's, else the C library's. A script without blanks (Han, kana) starts a word with every character.
do $do$
declare
  unicode text := (
    select format('collate pg_catalog.%I', collname) from pg_collation
    where collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8') and collnamespace = 'pg_catalog'::regnamespace
    order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8'], collname::text) limit 1);
begin
  execute format($sql$
    create function ticket_text_fold(value text) returns text language sql immutable strict parallel safe as $fold$
      select regexp_replace(translate(lower(value %1$s), %2$L, %3$L),
        '([^[:alnum:] ]|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])(?=[[:alnum:]])' %1$s, %4$L, 'g')
    $fold$ $sql$,
    unicode, E'\t\n\v\f\r\x1f\u0085\u00a0\u2028\u2029ς', repeat(' ', 10) || 'σ', E'\\1\x1f ');
end $do$;

create function ticket_text_marks(folded text) returns integer[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct -ascii(mark)), '{}')
  from unnest(string_to_array(regexp_replace(folded collate "C", '[a-z0-9 \x1f]+', '', 'g'), null)) mark
$$;

-- Moments outside 1970 to 2106 stand in the first and the last span.
create function ticket_text_second(at timestamptz) returns bigint language sql immutable strict parallel safe as $$
  select greatest(0, least(4294967295, extract(epoch from at)))::bigint
$$;

create function ticket_text_spans(at timestamptz) returns integer[] language sql immutable strict parallel safe as $$
  select array[s >> 8, 1 << 26 | s >> 11, 2 << 26 | s >> 14, 3 << 26 | s >> 17, 4 << 26 | s >> 20,
    5 << 26 | s >> 23, 6 << 26 | s >> 26]::integer[]
  from ticket_text_second(at) s
$$;

create function keep_ticket_text() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  folded text;
begin
  if tg_op = 'DELETE' then
    delete from ticket_text where ticket_id = old.id;
    return null;
  end if;
  if tg_op = 'UPDATE' and (new.title, new.description, new.created_at)
      is not distinct from (old.title, old.description, old.created_at) then
    return null;
  end if;
  folded := ticket_text_fold(new.title) || ' ' || ticket_text_fold(new.description);
  insert into ticket_text (ticket_id, created_at, search, keys)
  values (new.id, new.created_at, ' ' || folded, ticket_text_spans(new.created_at) || ticket_text_marks(folded))
  on conflict (ticket_id) do update
    set created_at = excluded.created_at, search = excluded.search, keys = excluded.keys;
  return null;
end $$;

create trigger keep_ticket_text after insert or delete or update of title, description, created_at on ticket
  for each row execute function keep_ticket_text();
alter table ticket enable always trigger keep_ticket_text;

create index ticket_text_search on ticket_text using gin (keys, search gin_trgm_ops);
`;

/** What the lists read. */
export const TICKET_INDEX_SQL = /* sql */ `
create index ticket_created on ticket (created_at desc, id desc);
create index ticket_updated on ticket (updated_at desc, id desc);
create index ticket_priority on ticket (priority_rank desc, id desc);
create index ticket_facets on ticket
  (status, category, priority, (assignee_id is null), created_at desc, id desc);
create index ticket_assignee on ticket (assignee_id, created_at desc, id desc) where assignee_id is not null;
`;
