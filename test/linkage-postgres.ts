// The steps' SQL on a second engine: what DuckDB says in its own way, said for PostgreSQL. Functions that PostgreSQL lacks are
// created; three forms are rewritten (hash of any values, QUALIFY, SEMI and ANTI JOIN). Everything else in the steps is common
// SQL, and this file is the whole list of what another engine must be told. Reading files and writing results stay with DuckDB.

/** Functions of the steps that PostgreSQL lacks; the extension fuzzystrmatch has `levenshtein`. */
export const POSTGRES_FUNCTIONS = `
create extension if not exists fuzzystrmatch;
create function hash_of(t text) returns bigint language sql immutable as $$ select ('x' || substr(md5(t), 1, 16))::bit(64)::bigint $$;
create function year(d date) returns integer language sql immutable as $$ select extract(year from d)::integer $$;
create function month(d date) returns integer language sql immutable as $$ select extract(month from d)::integer $$;
create function day(d date) returns integer language sql immutable as $$ select extract(day from d)::integer $$;
create function strftime(d date, form text) returns text language sql immutable as $$ select to_char(d, 'YYYYMMDD') $$;
create function strlen(t text) returns integer language sql immutable as $$ select octet_length(t) $$;
create function log2(x double precision) returns double precision language sql immutable as $$ select (ln(x) / ln(2::double precision)) $$;
create function hamming(a text, b text) returns integer language sql immutable as $$
  select count(*)::integer from generate_series(1, length(a)) i where substr(a, i, 1) <> substr(b, i, 1) $$;
create function damerau_levenshtein(a text, b text) returns integer language plpgsql immutable strict as $$
declare
  d integer[][] := array_fill(0, array[length(a) + 2, length(b) + 2]);
  last_row jsonb := '{}';
  last_column integer;
  i1 integer;
  j1 integer;
  big integer := length(a) + length(b);
  cost integer;
  -- d is moved by one: d[i + 2][j + 2] is the distance of the first i and j characters
begin
  d[1][1] := big;
  for i in 0..length(a) loop d[i + 2][1] := big; d[i + 2][2] := i; end loop;
  for j in 0..length(b) loop d[1][j + 2] := big; d[2][j + 2] := j; end loop;
  for i in 1..length(a) loop
    last_column := 0;
    for j in 1..length(b) loop
      i1 := coalesce((last_row ->> substr(b, j, 1))::integer, 0);
      j1 := last_column;
      cost := case when substr(a, i, 1) = substr(b, j, 1) then 0 else 1 end;
      if cost = 0 then last_column := j; end if;
      d[i + 2][j + 2] := least(d[i + 1][j + 1] + cost, d[i + 2][j + 1] + 1, d[i + 1][j + 2] + 1, d[i1 + 1][j1 + 1] + (i - i1 - 1) + 1 + (j - j1 - 1));
    end loop;
    last_row := last_row || jsonb_build_object(substr(a, i, 1), i);
  end loop;
  return d[length(a) + 2][length(b) + 2];
end $$;
`;

const TYPES: readonly (readonly [RegExp, string])[] = [
  [/::UTINYINT\b/g, "::smallint"],
  [/::DOUBLE\b/g, "::double precision"],
  [/::VARCHAR\b/g, "::text"],
];

/** Place after the parenthesis that closes the one open at `from`, or the end. */
function closing(sql: string, from: number): number {
  let depth = 1;
  for (let at = from; at < sql.length; at += 1) {
    if (sql[at] === "(") depth += 1;
    if (sql[at] === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return sql.length;
}

/** `hash(a, b)` takes values of any types: their row as text. */
function hashes(sql: string): string {
  const found = /\bhash\(/.exec(sql);
  if (found === null) return sql;
  const [start, end] = [found.index + found[0].length, closing(sql, found.index + found[0].length)];
  return `${sql.slice(0, found.index)}hash_of(row(${hashes(sql.slice(start, end))})::text)${hashes(sql.slice(end + 1))}`;
}

/** `SELECT … FROM <table> QUALIFY <condition>`: the rows of the table that meet it. */
function qualified(sql: string): string {
  const at = sql.indexOf("QUALIFY");
  if (at < 0) return sql;
  const from = sql.lastIndexOf("FROM ", at);
  const [table, end] = [sql.slice(from + 5, at).trim(), closing(sql, at)];
  return `${sql.slice(0, at)}WHERE ctid IN (SELECT row_id FROM (SELECT ctid AS row_id, (${sql.slice(at + 7, end).trim()}) AS kept FROM ${table}) q WHERE kept)${qualified(sql.slice(end))}`;
}

/** `FROM a ANTI JOIN b USING (c) …`; a SEMI JOIN is a JOIN here because its tables hold each row number once. */
function joins(sql: string): string {
  return sql.replaceAll(" SEMI JOIN ", " JOIN ").replaceAll(/FROM (\w+)((?: ANTI JOIN \w+(?: AS \w+)? USING \(\w+\))+)/g, (_, table: string, list: string) => {
    const absent = [...list.matchAll(/ANTI JOIN (\w+)(?: AS \w+)? USING \((\w+)\)/g)].map(([, other, key]) => `NOT EXISTS (SELECT 1 FROM ${other} other WHERE other.${key} = ${table}.${key})`);
    return `FROM ${table} WHERE ${absent.join(" AND ")}`;
  });
}

/** A statement of the steps for PostgreSQL. */
export function toPostgres(sql: string): string {
  const typed = TYPES.reduce((text, [from, to]) => text.replaceAll(from, to), sql).replaceAll(" // ", " / ");
  return hashes(qualified(joins(typed)));
}

/** PostgreSQL type of a DuckDB column. */
export function postgresType(duckdb: string): string {
  const types: Readonly<Record<string, string>> = { UTINYINT: "smallint", UBIGINT: "numeric", UINTEGER: "bigint", DOUBLE: "double precision", VARCHAR: "text" };
  return types[duckdb] ?? duckdb.toLowerCase();
}
