interface Gather {
  readonly filtered: boolean;
  /** How the index is asked: by letters, or, where the words have none, by their other characters. */
  readonly by: 'letters' | 'marks';
  /** The spans of time that bound it; without them everything is gathered in one go. */
  readonly spans: boolean;
}

const FACETS = `
          and (statuses is null or t.status = any (statuses))
          and (categories is null or t.category = any (categories))
          and (priorities is null or t.priority = any (priorities))
          and (unassigned is null or (t.assignee_id is null) = unassigned)
          and (assignee is null or t.assignee_id = assignee)`;

const gather = ({ filtered, by, spans }: Gather) => `
      select count(*), array_agg(m.ticket_id order by m.created_at desc, m.ticket_id desc) into n, got from (
        select x.ticket_id, x.created_at from ticket_text x${filtered ? ' join ticket t on t.id = x.ticket_id' : ''}
        where ${spans ? 'x.spans && cover' : 'x.created_at >= from_at and x.created_at < to_at'}
          and ${
            by === 'letters'
              ? 'x.search like p1 and x.search like p2 and x.search like p3 and x.search like all (others)'
              : 'x.marks @> signs and x.search like all (patterns)'
          }
          and (x.created_at, x.ticket_id) > (lower_at, lower_id)
          and (x.created_at, x.ticket_id) < (upper_at, upper_id)${filtered ? FACETS : ''}
        limit upto) m;`;

/** Reads the span's tickets one by one, in order, until the page is full; at most `stride` of them, null: all. */
const walk = (direction: 'asc' | 'desc') => `
        select array_agg(m.id order by m.created_at desc, m.id desc) into got from (
          select t.id, t.created_at from (
            select * from ticket t
            where t.created_at >= from_at and t.created_at < to_at
              and (t.created_at, t.id) > (lower_at, lower_id) and (t.created_at, t.id) < (upper_at, upper_id)
            order by t.created_at ${direction}, t.id ${direction} limit stride) t
          cross join lateral (
            select from ticket_text x where x.ticket_id = t.id and x.search like all (patterns) offset 0) x
          where true${FACETS}
          order by t.created_at ${direction}, t.id ${direction} limit need - cardinality(ids)) m;`;

/** Where the walk has ended. */
const walked = (direction: 'asc' | 'desc') => `
        select t.created_at, t.id into near_at, near_id from ticket t
        where t.created_at >= from_at and t.created_at < to_at
          and (t.created_at, t.id) > (lower_at, lower_id) and (t.created_at, t.id) < (upper_at, upper_id)
        order by t.created_at ${direction}, t.id ${direction} offset stride - 1 limit 1;`;

/** The first ticket behind the span. */
const next = (direction: 'asc' | 'desc', behind: string) => `
        select created_at, id into near_at, near_id from ticket
          where ${behind} and (created_at, id) > (lower_at, lower_id) and (created_at, id) < (upper_at, upper_id)
          order by created_at ${direction}, id ${direction} limit 1;`;

/**
 * `find_tickets`: the newest (or oldest) matches of a search, and how many there are, up to a bound.
 *
 * It reads span after span of time, newest first, and stops when it has the page and the count, so that a common
 * word costs as little at a million tickets as at ten thousand. The first span holds a number of tickets; how wide the
 * next one is follows from how many matches the last one had, first for the page, then for the count. PostgreSQL's
 * guesses for LIKE are too poor for that, so no plan depends on them. A span that is a good part of what is left is
 * read with all the rest and without spans, because the index then has less to intersect. Tickets lie unevenly in time
 * (nights, bursts), so a span may turn out too full: its next tickets are then read one by one, whatever time they
 * span, and what is behind them in narrower spans; and a span without matches is followed by one that begins with the
 * next ticket. Where even the narrowest is too full (a bulk load with one moment for all), all of it is read one by one
 * until the page is full. Whatever the data, the answer is exact.
 *
 * In: the bounds are exclusive, on (created_at, id). `need` rows for the page; 0 to count only; -1 for all that are
 * counted, in no order. Out: `ids`, the first `need` matches from the asked end, in that order; `seen`, the number
 * of matches, or just any number above `count_max`.
 */
export const FIND_TICKETS_SQL = /* sql */ `
create or replace function find_tickets(
  search text, lower_at timestamptz, lower_id bigint, upper_at timestamptz, upper_id bigint,
  statuses text[], categories text[], priorities text[], unassigned boolean, assignee text,
  newest_first boolean, need integer, count_max integer,
  out ids bigint[], out seen bigint)
language plpgsql stable set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
  patterns text[] := ticket_text_patterns(search);
  signs integer[] := ticket_text_marks(ticket_text_fold(search));
  letters boolean := ticket_text_has_trigram(patterns);
  -- the index takes a fixed number of conditions; a word that is not there is no condition
  p1 text := coalesce(ticket_text_lookup(patterns[1]), '%');
  p2 text := coalesce(ticket_text_lookup(patterns[2]), '%');
  p3 text := coalesce(ticket_text_lookup(patterns[3]), '%');
  others text[] := array(select p from unnest(patterns) p where p not in (p1, p2, p3));
  filtered boolean := statuses is not null or categories is not null or priorities is not null
    or unassigned is not null or assignee is not null;
  cap integer := greatest(count_max + 1, need);
  first_at timestamptz;
  last_at timestamptz;
  near_at timestamptz;
  near_id bigint;
  -- seconds: what is left to read lies in [bottom, top), the span under way in [low, high)
  bottom bigint;
  top bigint;
  low bigint;
  high bigint;
  width bigint;
  unit bigint;
  from_at timestamptz;
  to_at timestamptz;
  cover integer[];
  fresh boolean := true;
  crowded boolean := false;
  whole boolean;
  upto integer;
  stride integer;
  got bigint[];
  n integer;
  rate double precision;
begin
  ids := '{}';
  seen := 0;
  select created_at into last_at from ticket
    where (created_at, id) > (lower_at, lower_id) and (created_at, id) < (upper_at, upper_id)
    order by created_at desc, id desc limit 1;
  if last_at is null then
    return;
  end if;
  select created_at into first_at from ticket
    where (created_at, id) > (lower_at, lower_id) and (created_at, id) < (upper_at, upper_id)
    order by created_at, id limit 1;
  bottom := ticket_text_second(first_at);
  top := ticket_text_second(last_at) + 1;
  -- the 250 tickets at the asked end
  if newest_first then
    select created_at into near_at from ticket
      where (created_at, id) > (lower_at, lower_id) and (created_at, id) < (upper_at, upper_id)
      order by created_at desc, id desc offset 250 limit 1;
    width := top - ticket_text_second(near_at);
  else
    select created_at into near_at from ticket
      where (created_at, id) > (lower_at, lower_id) and (created_at, id) < (upper_at, upper_id)
      order by created_at, id offset 250 limit 1;
    width := ticket_text_second(near_at) + 1 - bottom;
  end if;
  width := coalesce(width, top - bottom);

  while bottom < top and (cardinality(ids) < need or seen <= count_max) loop
    width := greatest(256, least(width, top - bottom));
    whole := letters and not crowded and width * 4 > top - bottom;
    if whole then
      width := top - bottom;
    end if;
    -- aligned to a fair part of the width, so that few keys cover the span
    unit := 256;
    while unit < 67108864 and unit * 32 <= width loop
      unit := unit * 8;
    end loop;
    low := case when newest_first then greatest(bottom, top - width) else bottom end;
    high := case when newest_first then top else least(top, bottom + width) end;
    if newest_first or fresh then
      low := low / unit * unit;
    end if;
    if fresh or not newest_first then
      high := (high + unit - 1) / unit * unit;
    end if;
    from_at := case when low <= 0 then '-infinity' else to_timestamp(low) end;
    to_at := case when high > 4294967295 then 'infinity' else to_timestamp(high) end;
    upto := case
      when cardinality(ids) >= need then count_max + 1 - seen
      when crowded then least(cap, need * 4)
      else cap end;
    if whole then
      if filtered then${gather({ filtered: true, by: 'letters', spans: false })}
      else${gather({ filtered: false, by: 'letters', spans: false })}
      end if;
    else
      cover := ticket_text_cover(low, high);
      if filtered and letters then${gather({ filtered: true, by: 'letters', spans: true })}
      elsif filtered then${gather({ filtered: true, by: 'marks', spans: true })}
      elsif letters then${gather({ filtered: false, by: 'letters', spans: true })}
      else${gather({ filtered: false, by: 'marks', spans: true })}
      end if;
    end if;
    if n >= upto and cardinality(ids) < need then
      -- enough to count, but which of them are the first is not known
      seen := greatest(seen, n);
      crowded := true;
      -- the nearest one by one, whose number does not depend on how they lie in time
      stride := case when width > 256 then 200 end;
      if newest_first then${walk('desc')}
        ids := ids || got;
      else${walk('asc')}
        ids := got || ids;
      end if;
      exit when cardinality(ids) >= need;
      width := least(width / 8, width * need * 2 / n);
      fresh := true;
      if newest_first then${walked('desc')}
        upper_at := near_at;
        upper_id := near_id;
        top := ticket_text_second(near_at) + 1;
      else${walked('asc')}
        lower_at := near_at;
        lower_id := near_id;
        bottom := ticket_text_second(near_at);
      end if;
      continue;
    end if;
    if cardinality(ids) < need or need < 0 then
      ids := case when newest_first then ids || got else got || ids end;
    end if;
    seen := seen + n;
    fresh := false;
    if newest_first then
      top := low;
    else
      bottom := high;
    end if;
    if n = 0 then
      width := width * 64;
      -- on to the next ticket, however long there was none
      exit when bottom >= top;
      fresh := true;
      if newest_first then${next('desc', 'created_at < from_at')}
        upper_at := near_at;
        upper_id := near_id + 1;
        top := ticket_text_second(near_at) + 1;
      else${next('asc', 'created_at >= to_at')}
        lower_at := near_at;
        lower_id := near_id - 1;
        bottom := ticket_text_second(near_at);
      end if;
      exit when near_at is null;
    else
      rate := n::double precision / width;
      width := ceil(1.25 / rate * case
        when cardinality(ids) < need then need + 8 - cardinality(ids)
        else cap + 1 - least(seen, cap) end);
    end if;
  end loop;
  ids := case when need < 0 then ids when newest_first then ids[:need]
    else array(select id from unnest(ids) with ordinality u(id, place) order by place desc limit need) end;
end $$;
`;
