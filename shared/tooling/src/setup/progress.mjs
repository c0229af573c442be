const REPORT_EVERY = 10_000

/** Numbered steps with the seconds they took; a long step tells what it is busy with. */
export class Progress {
  #count = 0
  #total
  #live = process.stdout.isTTY === true

  /** @param {number} total number of steps */
  constructor(total) {
    this.#total = total
  }

  /**
   * Runs one step. `work` gets a function that takes what it is busy with, and answers a word for the end of the line
   * ("up to date") or nothing.
   * @template {string | undefined | void} T
   * @param {string} title
   * @param {(say: (line: string) => void) => Promise<T>} work
   */
  async step(title, work) {
    this.#count += 1
    const head = `[${this.#count}/${this.#total}] ${title}`
    const start = performance.now()
    const elapsed = () => `${((performance.now() - start) / 1000).toFixed(1)} s`
    let busy = ''
    let told = false
    const show = () => {
      if (this.#live) this.#line(`${head}  ${elapsed()}  ${busy}`)
      else console.log(`${told ? '     ' : `${head}:`} ${elapsed()}  ${busy}`)
      told = true
    }
    const timer = setInterval(show, this.#live ? 200 : REPORT_EVERY)
    try {
      const word = await work((line) => {
        busy = line.trim()
      })
      this.#end(told && !this.#live ? `      done in ${elapsed()}` : `${head}  ${elapsed()}${word ? `  ${word}` : ''}`)
    } catch (error) {
      this.#end(`${head}  ${elapsed()}  failed`)
      throw error
    } finally {
      clearInterval(timer)
    }
  }

  /** @param {string} text */
  #line(text) {
    process.stdout.write(`\r\x1b[2K${text.slice(0, (process.stdout.columns ?? 80) - 1)}`)
  }

  /** @param {string} text */
  #end(text) {
    if (this.#live) this.#line('')
    console.log(text)
  }
}
