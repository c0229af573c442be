import { type RefObject, useEffect, useRef } from 'react'

/** What a reader does who looks for something else. */
const TAKES_OVER = ['wheel', 'pointerdown', 'keydown']

/**
 * A function that brings the element to the middle of the window and keeps it there while what stands around it grows, until the reader
 * takes over or the element goes.
 */
export function useKeepInView(element: RefObject<HTMLElement | null>): () => void {
  const stop = useRef<() => void>()
  useEffect(() => () => stop.current?.(), [])
  return () => {
    stop.current?.()
    const bring = (): void => element.current?.scrollIntoView({ block: 'center' })
    // What stands above may be any number of boxes; one that holds both it and the element grows with it.
    const grown = new ResizeObserver(bring)
    for (let around = element.current?.parentElement; around; around = around.parentElement) grown.observe(around)
    const end = (): void => {
      grown.disconnect()
      for (const type of TAKES_OVER) window.removeEventListener(type, end, { capture: true })
    }
    for (const type of TAKES_OVER) window.addEventListener(type, end, { capture: true })
    stop.current = end
    bring()
  }
}
