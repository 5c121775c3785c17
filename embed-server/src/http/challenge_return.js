// `gateway` is our own origin: only a frame of ours may hear that the bank is done, and it then asks the server.
try {
  opener?.postMessage({ borga: "hint" }, gateway);
} catch {
  // The opener is gone; its long poll hears the same.
}
// Repeated, because Chromium can lose a wish that comes while this page is still arriving. Where a window may not be
// closed, the page says that the payer can.
close();
for (const pause of [100, 500, 2000]) setTimeout(close, pause);
