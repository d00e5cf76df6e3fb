import { all, find, make, need } from "../lib/dom.js";

/**
 * Questions are voted by hands: each option gets a large number and a counter, and the one with
 * most hands is ticked; where several are right, those that more than half of the class chose.
 * @param {HTMLElement} bar - says how many are present, and holds the words
 */
export function countHands(bar) {
  document.documentElement.dataset.whole = "";
  const watch = () => all("form.ask:not([data-hands])").forEach((form) => new Vote(form, bar));
  new MutationObserver(watch).observe(need("#player"), { childList: true, subtree: true });
  watch();
}

/** The vote of one question. */
class Vote {
  /** @param {HTMLElement} form @param {HTMLElement} bar */
  constructor(form, bar) {
    form.dataset.hands = "";
    this.bar = bar;
    this.options = all(".choice", form).filter((option) => find("input:enabled", option));
    this.hands = this.options.map(() => 0);
    this.counts = this.options.map((option, index) => this.#dress(option, index));
  }

  /** @param {HTMLElement} option @param {number} index @returns {HTMLElement} where the hands are told */
  #dress(option, index) {
    const box = make("span", "hands");
    const count = make("output", "hands__count", "0");
    const number = String(index + 1);
    option.dataset.number = number;
    box.append(
      this.#button("−", this.#say("less", number), () => this.#raise(index, -1)),
      count,
      this.#button("+", this.#say("more", number), () => this.#raise(index, 1)),
    );
    option.after(box);
    return count;
  }

  /** @param {string} sign @param {string} words @param {() => void} act */
  #button(sign, words, act) {
    const button = make("button", "plate plate--round hands__button", sign);
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", words);
    button.addEventListener("click", act);
    return button;
  }

  /** @param {number} index @param {number} by */
  #raise(index, by) {
    const most = Number(this.bar.dataset.present) || 100;
    this.hands[index] = Math.max(0, Math.min(most, (this.hands[index] ?? 0) + by));
    const count = /** @type {HTMLElement} */ (this.counts[index]);
    count.textContent = String(this.hands[index]);
    count.setAttribute("aria-label", this.#say("hands", String(index + 1), this.hands[index]));
    this.#tick(most);
  }

  /** @param {number} present */
  #tick(present) {
    const best = Math.max(...this.hands);
    this.options.forEach((option, index) => {
      const input = /** @type {HTMLInputElement} */ (need("input", option));
      const hands = this.hands[index] ?? 0;
      if (input.type === "checkbox") input.checked = hands * 2 > present;
      else input.checked = best > 0 && hands === best && this.hands.indexOf(best) === index;
    });
  }

  /** @param {string} key @param {string} number @param {number} [count] */
  #say(key, number, count = 0) {
    const words = this.bar.dataset[key] || "";
    return words.replace("{number}", number).replace("{count}", String(count));
  }
}
