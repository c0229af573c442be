import type { IStateDB } from '@jupyterlab/statedb'
import type { ReadonlyPartialJSONObject, ReadonlyPartialJSONValue } from '@lumino/coreutils'

const KEY = 'secxops:view-state'
/** Views whose state is kept; the least recently written is dropped first. */
const LIMIT = 100

/** Small JSON states of panels by a key of the view, kept in JupyterLab's state database over reloads. */
export class ViewStates {
  readonly #db: IStateDB | null
  readonly #values: Map<string, ReadonlyPartialJSONValue>
  #saving: ReturnType<typeof setTimeout> | undefined

  private constructor(db: IStateDB | null, values: ReadonlyPartialJSONObject) {
    this.#db = db
    this.#values = new Map(
      Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    )
  }

  static async load(db: IStateDB | null): Promise<ViewStates> {
    const stored = await db?.fetch(KEY).catch(() => undefined)
    return new ViewStates(db, isObject(stored) ? stored : {})
  }

  /** State of one view as the host port wants it. */
  of(key: string): { get(): unknown; set(value: unknown): void } {
    return {
      get: () => this.#values.get(key),
      set: (value) => {
        this.#values.delete(key)
        if (value !== undefined) this.#values.set(key, JSON.parse(JSON.stringify(value)))
        this.#save()
      },
    }
  }

  #save(): void {
    clearTimeout(this.#saving)
    this.#saving = setTimeout(() => {
      const newest = [...this.#values].slice(-LIMIT)
      this.#db?.save(KEY, Object.fromEntries(newest)).catch(console.warn)
    }, 500)
  }
}

const isObject = (value: unknown): value is ReadonlyPartialJSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
