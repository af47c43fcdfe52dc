// The second part of the page: a sample per frame, what was predicted for it, and an alarm.
import { Chart } from './chart.js';

const shown = 240;

export function showBearing(page) {
  const [usual, limit] = page.StartBearing();
  const range = { x: [0, shown - 1] };
  const signal = new Chart(document.getElementById('signal-chart'), { ...range, y: [-1.3, 1.3], yTicks: [-1, 0, 1] });
  const errors = new Chart(document.getElementById('error-chart'), { ...range, y: [0, 12 * usual], yTicks: [0, 0.05, 0.1], rules: { limit } });
  const damage = document.getElementById('damage');
  const pause = document.getElementById('pause');
  const alarm = document.getElementById('alarm');
  const figures = document.getElementById('bearing-figures');
  const samples = [], predictions = [], wrongs = [];
  let isDamaged = false, isRunning = !matchMedia('(prefers-reduced-motion: reduce)').matches, count = 0, computing = 0;

  damage.disabled = pause.disabled = false;
  damage.addEventListener('click', () => {
    isDamaged = !isDamaged;
    damage.textContent = isDamaged ? 'Repair the bearing' : 'Damage the bearing';
  });
  pause.addEventListener('click', () => {
    isRunning = !isRunning;
    go();
  });
  go();

  function go() {
    pause.textContent = isRunning ? 'Pause' : 'Listen';
    if (isRunning) requestAnimationFrame(frame);
  }

  function frame() {
    if (!isRunning) return;
    const before = performance.now();
    const [sample, predicted, error, isAlarm] = page.ReadBearing(isDamaged);
    computing += performance.now() - before;
    count++;
    keep(samples, sample);
    keep(predictions, predicted);
    keep(wrongs, error);
    const start = shown - samples.length;
    signal.line('predicted', predictions, start);
    signal.line('sample', samples, start);
    errors.line('error', wrongs, start);
    show(isAlarm ? 'Alarm: this is not how it usually sounds.' : 'It sounds as usual.', isAlarm);
    figures.textContent = `${count} samples, ${(1000 * computing / count).toFixed(0)} µs each; error ${error.toFixed(3)}, usually ${usual.toFixed(3)}`;
    requestAnimationFrame(frame);
  }

  // Only a change is written: a screen reader reads it aloud.
  function show(text, isAlarm) {
    if (alarm.textContent === text) return;
    alarm.textContent = text;
    alarm.className = isAlarm ? 'alarm' : '';
  }

  function keep(values, value) {
    values.push(value);
    if (values.length > shown) values.shift();
  }
}
