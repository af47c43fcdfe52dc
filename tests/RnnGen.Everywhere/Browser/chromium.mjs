// Runs the program in headless Chromium: node chromium.mjs FOLDER ARGUMENTS, with the folder that was published. The page is served on loopback, and sends
// back what the program prints.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const [folder, ...words] = process.argv.slice(2);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const profile = mkdtempSync(join(tmpdir(), 'chromium-'));

const server = createServer((request, response) => {
  if (request.method === 'POST') {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
      response.end();
      end(Buffer.concat(parts).toString());
    });
    return;
  }

  try {
    const path = normalize(new URL(request.url, 'http://localhost').pathname);
    const content = readFileSync(join(folder, 'wwwroot', path));
    response.writeHead(200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404).end();
  }
});

let browser;
server.listen(0, '127.0.0.1', () => {
  browser = spawn('chromium', [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/index.html?${words.join('&')}`], { stdio: 'ignore' });
});
setTimeout(() => end('FAILED: the page sent nothing in 300 s\n'), 300_000).unref();

function end(text) {
  process.stdout.write(text, () => {
    browser.on('exit', () => {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
      process.exit(/^[0-9]+ passed, 0 failed$/m.test(text) || words.includes('start') ? 0 : 1);
    });
    browser.kill();
  });
}
