import { beforeEach, describe, expect, it, vi } from "vitest";

/** The module as a page that was just opened at `path` has it. */
async function openedAt(path: string) {
  history.replaceState(null, "", path);
  vi.resetModules();
  return (await import("../src/way-back.js")).wayBack;
}

describe("the way back from a redirect", () => {
  beforeEach(() => history.replaceState(null, "", "/"));

  it("is read once, and its token leaves the address with nothing else", async () => {
    const wayBack = await openedAt("/orders/1?q=a%20b&flag&session=ps_1&session_id=ps_1&borga_resume=rsm_7#top");

    expect(wayBack()).toEqual({ sessionId: "ps_1", token: "rsm_7" });
    expect(location.pathname + location.search + location.hash).toBe(
      "/orders/1?q=a%20b&flag&session=ps_1&session_id=ps_1#top",
    );
    expect(wayBack()).toBe(wayBack());
  });

  it.each(["/", "/?session_id=ps_1", "/?borga_resume=rsm_7", "/?session_id=ps_1&borga_resume="])(
    "is none at %s",
    async (path) => {
      const wayBack = await openedAt(path);

      expect(wayBack()).toBeNull();
      expect(location.pathname + location.search).toBe(path);
    },
  );
});
