// `gateway` is our own origin: only a frame of ours may hear that the bank is done, and it then asks the server.
try {
  opener?.postMessage({ borga: "hint" }, gateway);
} catch {
  // The opener is gone; its long poll hears the same.
}
// The frame closes this window too, and Chromium loses both wishes when one comes while this page is arriving. So the
// wish is repeated; where a window may not be closed, the page says that the payer can.
close();
for (const pause of [100, 500, 2000]) setTimeout(close, pause);
