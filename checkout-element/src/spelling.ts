/**
 * From the spelling of messages (`payment_id`) to that of pages (`paymentId`).
 */

/** One name as pages spell it. */
type InPage<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<InPage<Tail>>}` : Name;

/** What `inPageSpelling` makes of `Told`. */
export type Respelled<Told> = { [Name in keyof Told as InPage<Name>]: Told[Name] };

/** The same values under the names that pages know. */
export function inPageSpelling<Told extends object>(told: Told): Respelled<Told> {
  const respelled = Object.entries(told).map(([name, value]) => [
    name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value as unknown,
  ]);
  return Object.fromEntries(respelled) as Respelled<Told>;
}
