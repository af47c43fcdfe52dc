// Uses the page of samples/Browser: node browser.mjs FOLDER [PICTURES], with the folder that was published, and one for screenshots.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch, serve } from './chromium.mjs';

const [folder, pictures] = process.argv.slice(2);
const failures = [];
let passed = 0;

function check(what, isRight, found = '') {
  isRight ? passed++ : failures.push(what);
  console.log(`${isRight ? 'passed' : 'FAILED'}: ${what}${found === '' ? '' : `: ${found}`}`);
}

const errors = [], addresses = [];
let received = 0;
const server = await serve(folder);
const browser = await launch((method, event) => {
  if (method === 'Runtime.exceptionThrown') errors.push(event.exceptionDetails.exception?.description ?? event.exceptionDetails.text);
  if (method === 'Log.entryAdded' && event.entry.level !== 'info') errors.push(`${event.entry.text} ${event.entry.url ?? ''}`);
  if (method === 'Runtime.consoleAPICalled' && event.type !== 'log') errors.push(event.args.map(arg => arg.value).join(' '));
  if (method === 'Network.requestWillBeSent') addresses.push(event.request.url);
  if (method === 'Network.loadingFinished') received += event.encodedDataLength;
});
const text = selector => `document.querySelector('${selector}')?.textContent`;
const click = selector => browser.evaluate(`document.querySelector('${selector}').click()`);
const samples = () => browser.evaluate(`Number.parseInt(${text('#bearing-figures')})`);

try {
  await look({ width: 1000, height: 1250 }, 'light');
  await browser.send('Page.navigate', { url: `${server.address}index.html` });
  check('the page loads', true, await browser.until(`/^Loaded/.test(${text('#loading')}) && ${text('#loading')}`, 60));

  // The frames that the page draws while it trains, and the longest time between two of them.
  await browser.evaluate(`{
    globalThis.frames = 0;
    globalThis.longest = 0;
    let last = performance.now();
    (function frame() {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      frames++;
      requestAnimationFrame(frame);
    })();
  }`);
  const clicked = Date.now();
  await click('#train');
  const result = await browser.until(`/ s, /.test(${text('#hello-result')}) && ${text('#hello-result')}`, 60);
  const seconds = (Date.now() - clicked) / 1000;
  const [frames, longest] = await browser.evaluate('[frames, longest]');
  console.log(`        ${result}`);
  const says = await browser.evaluate(`[...document.querySelectorAll('.says.right')].map(cell => cell.textContent).join('')`);
  check('after hell it says ello', says === 'ello', says);
  const loss = Number(/loss ([\d.]+)/.exec(result)?.[1]);
  check('the loss is below 0.05', loss < 0.05, loss);
  check('from the click on it took less than 5 s', seconds < 5, seconds);
  check('the page draws while it trains', frames > 10, `${frames} frames, at most ${longest.toFixed(0)} ms between two`);
  check('its loss is drawn', await browser.evaluate(`document.querySelector('#hello-chart .loss').getTotalLength() > 100`));

  await browser.until(`${text('#bearing-figures')} && Number.parseInt(${text('#bearing-figures')}) > 300`, 60);
  check('no alarm while the bearing is in order', await browser.evaluate(`document.querySelector('#alarm').className === ''`));
  const damaged = await samples();
  await click('#damage');
  await browser.until(`document.querySelector('#alarm').className === 'alarm'`, 30);
  const needed = await samples() - damaged;
  check('damage is an alarm soon', needed <= 60, `after ${needed} samples`);
  await browser.until(`Number.parseInt(${text('#bearing-figures')}) > ${damaged + 110}`, 30);
  console.log(`        ${await browser.evaluate(text('#bearing-figures'))}`);
  await click('#pause');
  const before = await samples();
  await new Promise(resolve => setTimeout(resolve, 300));
  check('it pauses', await samples() === before);
  await picture('browser.png');
  await look({ width: 1000, height: 1250 }, 'dark');
  await picture('browser-dark.png');
  await look({ width: 375, height: 1750 }, 'light');
  check('it fits a telephone', await browser.evaluate('document.documentElement.scrollWidth <= innerWidth'), await browser.evaluate('document.documentElement.scrollWidth'));
  await picture('browser-narrow.png');
  await click('#damage');
  await click('#pause');
  check('the alarm ends after the repair', await browser.until(`document.querySelector('#alarm').className === ''`, 30));

  // What a sample takes once the runtime has compiled what runs often.
  console.log(`        ${await browser.evaluate(`(async () => {
    const { Page } = await getDotnetRuntime(0).getAssemblyExports('Browser');
    let started;
    for (let k = 0; k < 3000; k++) {
      if (k === 2000) started = performance.now();
      Page.ReadBearing(false);
    }

    return (performance.now() - started).toFixed(0);
  })()`)} µs for a sample after 3000 more`);
} catch (error) {
  check('the page answers', false, error.message);
}

check('everything comes from its own server', addresses.length > 0 && addresses.every(address => address.startsWith(server.address)), `${addresses.length} requests`);
check('nothing is in the console', errors.length === 0, errors.join('; '));
const files = readdirSync(folder, { recursive: true }).filter(file => !/\.(br|gz)$/.test(file) && statSync(join(folder, file)).isFile());
const size = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
console.log(`download: ${(size / 1e6).toFixed(2)} MB in ${files.length} files, ${(received / 1e6).toFixed(2)} MB as received by brotli`);
await browser.close();
server.close();
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

// How the page is looked at: the size of the window, light or dark.
async function look(size, scheme) {
  await browser.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
  await browser.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
}

async function picture(name) {
  if (!pictures) return;
  await browser.evaluate('new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  writeFileSync(join(pictures, name), Buffer.from((await browser.send('Page.captureScreenshot', { captureBeyondViewport: true })).data, 'base64'));
}
