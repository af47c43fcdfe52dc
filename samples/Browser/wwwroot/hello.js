// The first part of the page: trains "hello" and draws it.
import { Chart } from './chart.js';

const alphabet = 'helo', word = 'hell', answer = 'ello';
const goal = 0.05;

export function showHello(page) {
  const button = document.getElementById('train');
  const result = document.getElementById('hello-result');
  const chart = new Chart(document.getElementById('hello-chart'), {
    x: [1, 50], xTicks: [1, 10, 20, 30, 40, 50], y: [0.03, 2], yTicks: [0.05, 0.1, 0.5, 1, 2], rules: { goal }, isLog: true,
  });
  const rows = makeRows(document.querySelector('#hello-table tbody'));
  let seed = 7;

  page.StartHello(seed);
  say();
  button.disabled = false;
  button.addEventListener('click', async () => {
    // A button that is disabled would lose the focus.
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    result.textContent = 'Learning …';
    await train();
    button.textContent = 'Train another';
    button.ariaDisabled = 'false';
  });

  async function train() {
    const started = performance.now();
    const losses = [];
    let computing = 0, updates = 0, loss = 0, isDone = 0;
    page.StartHello(seed++);
    while (!isDone) {
      const before = performance.now();
      // One update per frame, so that one can watch it learn.
      [updates, loss, isDone] = page.TrainHello(1);
      computing += performance.now() - before;
      losses.push(loss);
      chart.line('loss', losses, 1);
      say();
      // The page draws, and answers to its reader, before it goes on.
      await new Promise(requestAnimationFrame);
    }

    const seconds = (performance.now() - started) / 1000;
    result.textContent = `It says “${say()}” after ${updates} updates: loss ${loss.toFixed(4)}, ${seconds.toFixed(2)} s, ${computing.toFixed(0)} ms of it computing.`;
  }

  // Shows what the network says now.
  function say() {
    const probabilities = page.ReadHello();
    return rows.map((row, step) => row(probabilities.slice(4 * step, 4 * step + 4))).join('');
  }
}

// A row for each letter that is read: a function that shows probabilities, and returns the likeliest letter.
function makeRows(body) {
  return [...word].map((letter, step) => {
    const row = body.insertRow();
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = letter;
    row.append(head);
    const bars = [...alphabet].map(() => Object.assign(row.insertCell(), { className: 'bar' }));
    const says = row.insertCell();
    return probabilities => {
      probabilities.forEach((probability, k) => {
        bars[k].textContent = probability.toFixed(2);
        bars[k].style.setProperty('--part', probability.toFixed(3));
      });
      says.textContent = alphabet[probabilities.indexOf(Math.max(...probabilities))];
      says.className = says.textContent === answer[step] ? 'says right' : 'says';
      return says.textContent;
    };
  });
}
