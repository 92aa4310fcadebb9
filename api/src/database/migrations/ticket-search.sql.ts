import { FIND_TICKETS_SQL } from './find-tickets.sql.js';

/**
 * The searchable text of the tickets, apart from `ticket`, so that a change of status writes nothing here.
 *
 * `search` is title and description, folded: lower case, white space as blanks, and before every start of a word
 * (a letter or digit after something that is neither) a blank. Where the writer put none there, the blank is
 * written as U+001F and a blank, which text never holds otherwise. Words have no blanks, so a word is part of the
 * text just when its own folding is part of `search`, and it starts a word there just when it follows a blank:
 * both are a LIKE that pg_trgm finds, two letters included.
 *
 * `spans` lets a search read the newest tickets first and stop: the spans of 2^8, 2^11 … 2^26 seconds that hold
 * `created_at`, as level and number. `marks` are the characters other than a-z, 0-9 and the blank, for words in
 * which pg_trgm finds nothing to look up.
 */
export const TICKET_SEARCH_SQL = /* sql */ String.raw`
create extension if not exists pg_trgm;

create table ticket_text (
  ticket_id bigint primary key,
  created_at timestamptz(3) not null,
  search text not null,
  spans integer[] not null,
  marks integer[] not null
);

-- Letters are Unicode's whatever the locale of the database, so the collation is named: PostgreSQL's own from 17 on,
-- else ICU's, else the C library's; what they lower in different ways is lowered here. In scripts without blanks
-- (Han, kana) every character starts a word.
do $do$
declare
  unicode text := (
    select format('collate pg_catalog.%I', collname) from pg_collation
    where collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8') and collnamespace = 'pg_catalog'::regnamespace
    order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8'], collname::text) limit 1);
begin
  execute format($sql$
    create function ticket_text_fold(value text) returns text language sql immutable strict parallel safe as $fold$
      select regexp_replace(
        regexp_replace(replace(lower(replace(value, 'İ', 'i') %1$s), 'ς', 'σ'), '[[:space:]\x1f]' %1$s, ' ', 'g'),
        '([^[:alnum:] ]|[%2$s]|[^ ](?=[%2$s]))(?=[[:alnum:]])' %1$s, E'\\1\x1f ', 'g')
    $fold$ $sql$,
    unicode, '\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff');
end $do$;

-- One LIKE pattern for each word, the longest first. One of fewer than three characters that begins with a letter or
-- digit finds starts of words; punctuation stands anywhere.
create function ticket_text_patterns(search text) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(pattern order by char_length(pattern) desc, pattern), '{}')
  from (
    select distinct
      case when char_length(replace(word, E'\x1f ', '')) < 3 and ticket_text_fold('-' || word) like E'-\x1f %'
        then '% ' else '%' end
      || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%' as pattern
    from regexp_split_to_table(ticket_text_fold(search), '(?<!\x1f) ') word
    where word <> ''
  ) patterns
$$;

-- Whether pg_trgm finds anything to look up; it goes by the locale of the database, so it is asked itself.
create function ticket_text_has_trigram(patterns text[]) returns boolean language sql stable strict as $$
  select exists (select from unnest(patterns) pattern where pattern ~ '[a-z0-9]{3}| [a-z0-9]')
    or exists (
      select from unnest(patterns) pattern, regexp_matches(pattern, '[^ -/:-@\[-\x60{-~]{3,}| [^ -/:-@\[-\x60{-~]+', 'g') run
      where cardinality(show_trgm(run[1])) > 0)
$$;

-- Three letters that every tenth text has: to look them up costs more than it excludes.
create table ticket_text_common (trigram text primary key);

-- Learns them anew from the newest texts; now and then is enough, and without it search is only slower.
create function learn_ticket_text() returns void language plpgsql
  set search_path = pg_catalog, public, pg_temp as $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('learn_ticket_text', 0)) then
    return;
  end if;
  delete from ticket_text_common;
  insert into ticket_text_common (trigram)
  with sample as materialized (select search from ticket_text order by ticket_id desc limit 1000)
  select trigram from sample, unnest(show_trgm(search)) trigram
  group by trigram having count(*) * 10 > greatest(100, (select count(*) from sample));
end $$;

-- A wider pattern that finds with less work all that the given one finds: of a long word, the parts that are not
-- common; the word as it is when hardly any is left.
create function ticket_text_lookup(pattern text) returns text language plpgsql stable strict as $$
declare
  word text := btrim(pattern, '%');
  rare integer[];
  -- letters up to this one stand in the result
  covered integer := 0;
  result text := '%';
begin
  if word !~ '^[[:alnum:]]{5,}$' then
    return pattern;
  end if;
  rare := array(
    select place from generate_series(1, char_length(word) - 2) place
    where not exists (select from ticket_text_common where trigram = substr(word, place, 3)) order by place);
  if cardinality(rare) < 2 or cardinality(rare) = char_length(word) - 2 then
    return pattern;
  end if;
  for i in 1 .. cardinality(rare) loop
    if rare[i] > covered then
      result := result || case when covered > 0 then '%' else '' end || substr(word, rare[i], 3);
    else
      result := result || substr(word, covered + 1, rare[i] + 2 - covered);
    end if;
    covered := rare[i] + 2;
  end loop;
  return result || '%';
end $$;

create function ticket_text_marks(folded text) returns integer[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct ascii(mark)), '{}')
  from unnest(string_to_array(regexp_replace(folded collate "C", '[a-z0-9 \x1f]+', '', 'g'), null)) mark
$$;

-- Moments outside 1970 to 2106 stand in the first and the last span.
create function ticket_text_second(at timestamptz) returns bigint language sql immutable strict parallel safe as $$
  select floor(greatest(0, least(4294967295, extract(epoch from at))))::bigint
$$;

create function ticket_text_spans(at timestamptz) returns integer[] language sql immutable strict parallel safe as $$
  select array[s >> 8, (1 << 26) + (s >> 11), (2 << 26) + (s >> 14), (3 << 26) + (s >> 17), (4 << 26) + (s >> 20),
    (5 << 26) + (s >> 23), (6 << 26) + (s >> 26)]::integer[]
  from ticket_text_second(at) s
$$;

-- The fewest spans that together hold the seconds from low up to, without, high; both are multiples of 256.
create function ticket_text_cover(low bigint, high bigint) returns integer[]
language plpgsql immutable strict parallel safe as $$
declare
  a integer := low >> 8;
  b integer := high >> 8;
  level integer := 0;
  cover integer[] := '{}';
begin
  while a < b loop
    while a < b and (level = 6 or a & 7 <> 0) loop
      cover := cover || ((level << 26) + a);
      a := a + 1;
    end loop;
    while a < b and b & 7 <> 0 loop
      b := b - 1;
      cover := cover || ((level << 26) + b);
    end loop;
    a := a >> 3;
    b := b >> 3;
    level := level + 1;
  end loop;
  return cover;
end $$;

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
  insert into ticket_text (ticket_id, created_at, search, spans, marks)
  values (new.id, new.created_at, ' ' || folded, ticket_text_spans(new.created_at), ticket_text_marks(folded))
  on conflict (ticket_id) do update
    set created_at = excluded.created_at, search = excluded.search, spans = excluded.spans, marks = excluded.marks;
  return null;
end $$;

create trigger keep_ticket_text after insert or delete or update of title, description, created_at on ticket
  for each row execute function keep_ticket_text();
alter table ticket enable always trigger keep_ticket_text;

-- New texts wait in a list that the index takes in together, a third of the cost; a short one, since every search
-- reads it.
create index ticket_text_search on ticket_text using gin (spans, marks, search gin_trgm_ops)
  with (gin_pending_list_limit = 512);
${FIND_TICKETS_SQL}`;

/**
 * What the lists read. Who asks for a combination of facets is given each combination's newest tickets by
 * `ticket_facets`, or of those that nobody has by `ticket_unassigned`; who asks for a person's, each status's.
 */
export const TICKET_INDEX_SQL = /* sql */ `
create index ticket_created on ticket (created_at desc, id desc);
create index ticket_updated on ticket (updated_at desc, id desc);
create index ticket_priority on ticket (priority_rank desc, id desc);
create index ticket_facets on ticket (status, category, priority, created_at desc, id desc);
create index ticket_unassigned on ticket (status, category, priority, created_at desc, id desc)
  where assignee_id is null;
create index ticket_assignee on ticket (assignee_id, status, created_at desc, id desc)
  where assignee_id is not null;
`;
