type Value = string | number | boolean | readonly string[] | null | undefined;

/** Parameters of a URL by their names in the API, with a question mark; an array `expand` becomes `expand[]`. */
export function queryString(query: object | undefined): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}) as [string, Value][]) {
    if (value === null || value === undefined) continue;
    if (typeof value === "object") {
      for (const entry of value) pairs.append(`${name}[]`, entry);
    } else {
      pairs.append(name, String(value));
    }
  }
  const text = pairs.toString();
  return text === "" ? "" : `?${text}`;
}
