import { Borga, type BorgaOptions, type Environment } from "../../src/index.js";

export const KEY = "sk_test_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
/** 2026-11-20 12:00:00 UTC. */
export const NOW = Date.UTC(2026, 10, 20, 12);

/** A client whose time is this test's: pauses are noted and over at once, timers ring when the test says so. */
export function client(baseUrl: string, options: Partial<BorgaOptions> = {}, environment: Partial<Environment> = {}) {
  const pauses: number[] = [];
  const timers = new Map<() => void, number>();
  let uuids = 0;
  const borga = new Borga(
    { apiKey: KEY, baseUrl, ...options },
    {
      now: () => NOW,
      random: () => 1,
      uuid: () => `uuid-${(uuids += 1)}`,
      sleep: async (milliseconds) => void pauses.push(milliseconds),
      after: (milliseconds, callback) => {
        timers.set(callback, milliseconds);
        return () => void timers.delete(callback);
      },
      ...environment,
    },
  );
  return { borga, pauses, timers, ring: () => [...timers.keys()].forEach((callback) => callback()) };
}

/** What a call rejects with. */
export async function rejection(call: PromiseLike<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error("the call succeeded");
    },
    (error: unknown) => error,
  );
}
