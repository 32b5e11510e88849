// Runs the checks of the entry page while figures are typed: the same rules as on the server, in exact whole numbers.
// A fraction is a pair [numerator, denominator] of BigInt with the denominator above 0. No eval, ES2020.

const SKIPPED = Symbol("skipped");

const COMPARISONS = {
  "<": (c) => c < 0n,
  "<=": (c) => c <= 0n,
  ">": (c) => c > 0n,
  ">=": (c) => c >= 0n,
  "==": (c) => c === 0n,
  "!=": (c) => c !== 0n,
};

const abs = (x) => (x < 0n ? -x : x);
const difference = ([an, ad], [bn, bd]) => an * bd - bn * ad;

function whole(value) {
  if (value === null || value === undefined || value === "") throw SKIPPED;
  return BigInt(value);
}

function divide([an, ad], [bn, bd]) {
  if (bn === 0n) throw SKIPPED;
  return bn < 0n ? [-an * bd, ad * -bn] : [an * bd, ad * bn];
}

// v as on the server: ratio 100·n/d, score and count scaled down, yes/no and dates as they are.
function valueOf(row) {
  const n = whole(row.n);
  switch (row.kind) {
    case "RATIO": {
      const d = whole(row.d);
      if (d <= 0n) throw SKIPPED;
      return [100n * n, d];
    }
    case "SCORE":
    case "COUNT":
      return [n, 10n ** BigInt(row.scale)];
    case "YES_NO":
    case "DATE":
      return [n, 1n];
    default:
      throw new TypeError(`unknown kind ${row.kind}`);
  }
}

function reference(row, part) {
  if (!row) throw SKIPPED;
  return part === "v" ? valueOf(row) : [whole(row[part]), 1n];
}

function extreme(sign, terms) {
  return terms.reduce((best, term) => (difference(term, best) * sign > 0n ? term : best));
}

const TERMS = {
  num: (_scope, n, d) => [BigInt(n), BigInt(d)],
  ref: (scope, row, part) => reference(scope[row], part),
  neg: (scope, a) => {
    const [n, d] = term(a, scope);
    return [-n, d];
  },
  abs: (scope, a) => {
    const [n, d] = term(a, scope);
    return [abs(n), d];
  },
  "+": (scope, a, b) => sum(term(a, scope), term(b, scope), 1n),
  "-": (scope, a, b) => sum(term(a, scope), term(b, scope), -1n),
  "*": (scope, a, b) => {
    const [left, right] = [term(a, scope), term(b, scope)];
    return [left[0] * right[0], left[1] * right[1]];
  },
  "/": (scope, a, b) => divide(term(a, scope), term(b, scope)),
  min: (scope, ...terms) => extreme(-1n, terms.map((each) => term(each, scope))),
  max: (scope, ...terms) => extreme(1n, terms.map((each) => term(each, scope))),
};

function sum([an, ad], [bn, bd], sign) {
  return [an * bd + sign * bn * ad, ad * bd];
}

function term([op, ...args], scope) {
  if (!Object.prototype.hasOwnProperty.call(TERMS, op)) throw new TypeError(`unknown term ${op}`);
  return TERMS[op](scope, ...args);
}

function holds([op, ...args], scope) {
  if (op === "not") return !holds(args[0], scope);
  if (op === "and" || op === "or") {
    // All parts are run: a missing value behind a decided part skips the rule all the same.
    const held = args.map((each) => holds(each, scope));
    return op === "and" ? held.every(Boolean) : held.some(Boolean);
  }
  if (!Object.prototype.hasOwnProperty.call(COMPARISONS, op)) throw new TypeError(`unknown condition ${op}`);
  return COMPARISONS[op](difference(term(args[0], scope), term(args[1], scope)));
}

/**
 * Runs one rule (the JSON of to_json) and returns "PASSED", "FAILED" or "SKIPPED".
 *
 * `scope` holds rows by name: "" the row itself, "prev" its last period, "DU-03" another row; each row is
 * {n, d, kind, scale} with whole numbers (or their digits) and null where nothing is known; kind and scale are needed
 * where a rule uses v.
 */
export function evaluate(json, scope) {
  try {
    return holds(json, scope) ? "PASSED" : "FAILED";
  } catch (error) {
    if (error === SKIPPED) return "SKIPPED";
    throw error;
  }
}
