// Lines in an SVG element, drawn in the element's own pixels so that text and lines keep their size.
const left = 36, right = 8, top = 8;

export class Chart {
  // x and y: [first, last]. Ticks: values with a line or, for x, a number below. rules: { name: value }, lines across. isLog: whether y is logarithmic.
  constructor(svg, { x, y, xTicks = [], yTicks = [], rules = {}, isLog = false }) {
    Object.assign(this, { bottom: xTicks.length > 0 ? 24 : 8, svg, x, y, xTicks, yTicks, rules, isLog, lines: new Map() });
    this.draw();
    new ResizeObserver(() => this.draw()).observe(svg);
  }

  // Replaces the points of a line, whose name is its class: values at start, start + 1, ...
  line(name, values, start = 0) {
    this.lines.set(name, { values, start });
    const path = this.svg.querySelector(`path.${name}`) ?? this.add('path', { class: name });
    path.setAttribute('d', this.path(values, start));
  }

  draw() {
    this.width = this.svg.clientWidth;
    this.height = this.svg.clientHeight;
    this.svg.replaceChildren();
    for (const y of this.yTicks) {
      this.add('path', { class: 'axis', d: `M${left} ${this.down(y)}H${this.width - right}` });
      this.add('text', { x: left - 6, y: this.down(y), 'text-anchor': 'end', 'dominant-baseline': 'middle' }, y);
    }
    for (const x of this.xTicks) this.add('text', { x: this.across(x), y: this.height - 6, 'text-anchor': 'middle' }, x);
    for (const [name, y] of Object.entries(this.rules)) this.add('path', { class: name, d: `M${left} ${this.down(y)}H${this.width - right}` });
    for (const [name, { values, start }] of this.lines) this.add('path', { class: name, d: this.path(values, start) });
  }

  add(name, attributes, text = '') {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    this.svg.append(element);
    return element;
  }

  path(values, start) {
    return values.map((value, k) => `${k ? 'L' : 'M'}${this.across(start + k).toFixed(1)} ${this.down(value).toFixed(1)}`).join('');
  }

  across(x) {
    return left + (this.width - left - right) * (x - this.x[0]) / (this.x[1] - this.x[0]);
  }

  // Values beyond the ends are drawn at the ends.
  down(y) {
    const [low, high, value] = [...this.y, y].map(number => this.isLog ? Math.log(number) : number);
    return top + (this.height - top - this.bottom) * (1 - Math.min(Math.max((value - low) / (high - low), 0), 1));
  }
}
