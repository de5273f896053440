# Splink on one data set, with the settings its own documentation recommends for such data; prints one line of JSON.
# Started by bench.ts: python peer_splink.py <kind> <left.csv> <truth.csv> [<right.csv>]
# Install: python3 -m venv DIR && DIR/bin/pip install splink, then BENCH_SPLINK=DIR/bin/python npm run bench -- linkage
import json, logging, sys, time
import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)
kind, left, truth = sys.argv[1:4]
right = sys.argv[4] if len(sys.argv) > 4 else None
con = duckdb.connect()
began, cpu = time.time(), time.process_time()


# Column names that are words of SQL would get an underscore; only FEBRL's and RLdata's headings need to be made plain.
PLAIN = "true" if kind in ("febrl", "rldata") else "false"


def table(name, path, plain=PLAIN):
    con.execute(f"create table {name}_raw as select * from read_csv('{path}', all_varchar=true, header=true, normalize_names={plain})")
    columns = [row[0] for row in con.execute(f"describe {name}_raw").fetchall()]
    cleaned = ", ".join(f"nullif(nullif(trim({c}), ''), 'NA') as {c}" for c in columns)
    con.execute(f"create table {name} as select {cleaned} from {name}_raw")


table("a", left)
tf = dict(term_frequency_adjustments=True)
if kind == "fake":
    identity, comparisons = "unique_id", [cl.ForenameSurnameComparison("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True), cl.ExactMatch("city").configure(**tf), cl.EmailComparison("email")]
    rules = [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")]
    sure, train = [block_on("first_name", "surname"), block_on("email")], [block_on("first_name", "surname"), block_on("dob")]
elif kind == "febrl":
    identity = "rec_id"
    comparisons = [cl.NameComparison("given_name"), cl.NameComparison("surname"), cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"), cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]), cl.ExactMatch("street_number").configure(**tf), cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(**tf)]
    rules = [block_on("soc_sec_id"), block_on("given_name"), block_on("surname"), block_on("date_of_birth"), block_on("postcode")]
    sure, train = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], [block_on("date_of_birth"), block_on("postcode")]
elif kind == "rldata":
    identity, comparisons = "rec_id", [cl.NameComparison("fname_c1"), cl.NameComparison("lname_c1"), cl.ExactMatch("_by"), cl.ExactMatch("bm"), cl.ExactMatch("bd")]
    columns = [row[0] for row in con.execute("describe a").fetchall()]
    if "by" in columns:
        con.execute('alter table a rename "by" to _by')
    rules = [block_on("fname_c1"), block_on("lname_c1"), block_on("_by", "bm"), block_on("_by", "bd"), block_on("bm", "bd")]
    sure, train = [block_on("fname_c1", "lname_c1", "_by")], [block_on("fname_c1", "lname_c1"), block_on("_by", "bm", "bd")]
else:
    identity = "id"
    comparisons = [cl.JaroWinklerAtThresholds("name", [0.9, 0.7]).configure(**tf), cl.DamerauLevenshteinAtThresholds("id_no", [1, 2]), cl.DateOfBirthComparison("birth", input_is_string=True), cl.ExactMatch("sex"), cl.LevenshteinAtThresholds("phone", [1]), cl.ExactMatch("region").configure(**tf), cl.LevenshteinAtThresholds("address", [2, 6])]
    rules = [block_on("id_no"), block_on("name", "birth"), block_on("phone"), block_on("name", "region"), block_on("birth", "region")]
    sure, train = [block_on("id_no")], [block_on("id_no"), block_on("name", "birth")]
    table("b", right)
api = DuckDBAPI(con)
names = ["a"] + (["b"] if right else [])
frames = [api.register(con.table(name), dataset_display_name=f"{name}_list") for name in names]
settings = SettingsCreator(link_type="link_only" if right else "dedupe_only", comparisons=comparisons, blocking_rules_to_generate_predictions=rules, unique_id_column_name=identity, retain_intermediate_calculation_columns=False, retain_matching_columns=False)
linker = Linker(frames if right else frames[0], settings)
linker.training.estimate_probability_two_random_records_match(sure, recall=0.8)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
for rule in train:
    linker.training.estimate_parameters_using_expectation_maximisation(rule)
predicted = linker.inference.predict(threshold_match_weight=-10)
found = predicted.as_duckdbpyrelation()
con.execute(f"create table found as select {identity}_l as a, {identity}_r as b, match_weight as w, match_probability as p from found")
seconds, cpu = time.time() - began, time.process_time() - cpu
table("truth", truth, "false")
if right:
    con.execute("create table true_pairs as select left_id as a, right_id as b from truth")
    total = con.execute("select count(*) from true_pairs").fetchall()[0][0]
else:
    con.execute("create table true_pairs as select x.id as a, y.id as b from truth x join truth y using (cluster) where x.id <> y.id")
    total = con.execute("select count(*) / 2 from true_pairs").fetchall()[0][0]
con.execute("create table judged as select w, p, (t.a is not null)::integer as ok from found f left join true_pairs t on f.a = t.a and f.b = t.b")
half = con.execute("select count(*), coalesce(sum(ok), 0) from judged where p >= 0.5").fetchall()[0]
best = con.execute(f"select max(2 * o / (n + {total})) from (select sum(ok) over (order by w desc) as o, row_number() over (order by w desc) as n from judged)").fetchall()[0][0]
print(json.dumps({"seconds": seconds, "cpu": cpu, "f1": float(2 * half[1] / (half[0] + total)), "best": float(best or 0)}))
