import type { DropListener, Dropped } from '@secxops/panels/host'
import { mayHold, readDrag } from './dragged.ts'

/** Takes drags of the editor's lists and what the extension host adds by command. */
export class Drops {
  #element: HTMLElement | undefined
  #listener: DropListener | undefined
  /** Called once there is a listener. */
  #waiting: (() => void)[] = []

  /** The newest element takes what is added by command. Returns the way to stop. */
  accept = (element: HTMLElement, listener: DropListener): (() => void) => {
    this.#element = element
    this.#listener = listener
    for (const start of this.#waiting.splice(0)) start()
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer || !mayHold(event.dataTransfer)) return
      if (!listener.over(undefined, event.clientX, event.clientY)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
    }
    const leave = ({ relatedTarget }: DragEvent): void => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) listener.leave()
    }
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer || !mayHold(event.dataTransfer)) return
      event.preventDefault()
      event.stopPropagation()
      listener.leave()
      for (const item of readDrag(event.dataTransfer)) listener.drop(item, { x: event.clientX, y: event.clientY })
    }
    element.addEventListener('dragenter', over)
    element.addEventListener('dragover', over)
    element.addEventListener('dragleave', leave)
    element.addEventListener('drop', drop)
    return () => {
      element.removeEventListener('dragenter', over)
      element.removeEventListener('dragover', over)
      element.removeEventListener('dragleave', leave)
      element.removeEventListener('drop', drop)
      if (this.#listener === listener) this.#listener = undefined
    }
  }

  /** As if it were dropped where there is room, once the panel stands; false where nothing can be taken now. */
  async add(item: Dropped): Promise<boolean> {
    if (!this.#listener) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const box = this.#element?.getBoundingClientRect()
    if (!box || !this.#listener) return false
    const taken = this.#listener.over(item, box.left + box.width / 2, box.top + box.height / 2)
    this.#listener.leave()
    if (taken) this.#listener.drop(item)
    return taken
  }
}
