// Uses the page of samples/Service: node service.mjs ADDRESS [PICTURES], with the address of the service, and a folder for screenshots.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './chromium.mjs';

const [address, pictures] = process.argv.slice(2);
const failures = [], errors = [], addresses = [];
let passed = 0;

function check(what, isRight, found = '') {
  isRight ? passed++ : failures.push(what);
  console.log(`${isRight ? 'passed' : 'FAILED'}: ${what}${found === '' ? '' : `: ${found}`}`);
}

const browser = await launch((method, event) => {
  if (method === 'Runtime.exceptionThrown') errors.push(event.exceptionDetails.exception?.description ?? event.exceptionDetails.text);
  if (method === 'Log.entryAdded' && event.entry.level !== 'info') errors.push(`${event.entry.text} ${event.entry.url ?? ''}`);
  if (method === 'Network.requestWillBeSent') addresses.push(event.request.url);
});
const text = selector => `document.querySelector('${selector}')?.textContent`;

async function look(width, height, scheme) {
  await browser.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  await browser.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
}

async function picture(name) {
  if (!pictures) return;
  const { data } = await browser.send('Page.captureScreenshot', { captureBeyondViewport: true });
  writeFileSync(join(pictures, name), Buffer.from(data, 'base64'));
}

// Other streams, so that there is something to see: each sends a reading five times a second.
const others = `for (let k = 0; k < 100; k++) {
  const socket = new WebSocket('${address.replace('http', 'ws')}streams/pump-' + k);
  let second = k;
  const send = () => {
    const phase = 2 * Math.PI * second++ / 20;
    socket.send(JSON.stringify([1 + Math.abs(Math.sin(phase)), 60 + 2 * Math.sin(phase / 2), 5 + Math.sin(phase - 1)]));
  };
  socket.onopen = send;
  socket.onmessage = () => setTimeout(send, 200);
}`;

try {
  await look(1000, 1000, 'light');
  await browser.send('Page.navigate', { url: address });
  await browser.until(`/^0 of /.test(${text('#summary')})`, 30);
  await browser.evaluate(others);
  const summary = await browser.until(`/^100 of /.test(${text('#summary')}) && ${text('#summary')}`, 30);
  check('the page shows the live streams', true, summary);
  await browser.evaluate(`document.querySelector('#start').click()`);
  await browser.until(`/^Second \\d\\d\\d/.test(${text('#pump-figures')})`, 60);
  check('its pump is a stream of its own', await browser.until(`/^101 of /.test(${text('#summary')})`, 10));
  check('no alarm while nothing is wrong', await browser.evaluate(text('#alarm')) === '' && await browser.evaluate(text('#alarm-count')) === '0');
  await browser.evaluate(`{ const fault = document.querySelector('#fault'); fault.value = 'bearing'; fault.dispatchEvent(new Event('change')); }`);
  await browser.until(`${text('#alarm')} === 'Alarm'`, 30);
  check('a fault is an alarm', true, await browser.evaluate(text('#pump-figures')));
  await browser.until(`document.querySelectorAll('#alarms tr').length > 0`, 10);
  check('which is in the list', /page-\d+0\.9/.test(await browser.evaluate(text('#alarms tr'))) || /page-\d+1\.0/.test(await browser.evaluate(text('#alarms tr'))), await browser.evaluate(text('#alarms tr')));
  for (const id of ['streams', 'answers', 'latency', 'pump']) {
    check(`${id} are drawn`, await browser.evaluate(`document.querySelector('#${id} polyline:last-child').getTotalLength() > 10`));
  }

  await new Promise(resolve => setTimeout(resolve, 3000));
  await picture('service.png');
  await look(1000, 1000, 'dark');
  await picture('service-dark.png');
  await look(375, 1800, 'light');
  check('it fits a telephone', await browser.evaluate('document.documentElement.scrollWidth <= innerWidth'), await browser.evaluate('document.documentElement.scrollWidth'));
  await picture('service-narrow.png');
} catch (error) {
  check('the page answers', false, error.message);
}

check('everything comes from the service', addresses.length > 0 && addresses.every(found => found.replace(/^ws/, 'http').startsWith(address) || found.startsWith('data:')), `${addresses.length} requests`);
check('nothing is in the console', errors.length === 0, errors.join('; '));
await browser.close();
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
