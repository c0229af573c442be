import { type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useThemeCount } from '../../view/use-theme-count.ts'
import { type ChartTheme, readTheme } from './theme.ts'

export interface Size {
  width: number
  height: number
}

/** Draws into a cleared area; lengths in CSS pixels. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, theme: ChartTheme) => void

export interface Point {
  x: number
  y: number
}

export interface PointerTakers {
  /** True: what follows until the button is let go belongs to the chart, also outside of it. */
  down?(at: Point, size: Size): boolean
  move?(at: Point, size: Size): void
  up?(at: Point, size: Size): void
  leave?(): void
}

/**
 * Two layers as large as their box: `draw` for what is dear, drawn again when it, the size or the theme changes; `over` for what follows the
 * pointer. Screen readers get `label`; what can be done here by pointer must also be possible elsewhere by keys.
 */
export function Canvas({
  label,
  draw,
  over,
  pointer = {},
  cursor,
}: {
  label: string
  draw: Draw
  over?: Draw | undefined
  pointer?: PointerTakers
  cursor?: string | undefined
}): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const top = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState<Size>()
  const [theme, setTheme] = useState<ChartTheme>()
  const themeCount = useThemeCount()
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = (): void =>
      setSize((old) => {
        const { clientWidth: width, clientHeight: height } = element
        return old?.width === width && old.height === height ? old : { width, height }
      })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (themeCount >= 0 && box.current) setTheme(readTheme(box.current))
  }, [themeCount])
  useEffect(() => paint(base.current, size, theme, draw), [draw, size, theme])
  useEffect(() => paint(top.current, size, theme, over), [over, size, theme])

  const at = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  return (
    <div
      ref={box}
      className="sx-canvas"
      role="img"
      aria-label={label}
      style={{ cursor }}
      onPointerDown={(event) => {
        if (event.button !== 0 || !size || !pointer.down?.(at(event), size)) return
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={(event) => size && pointer.move?.(at(event), size)}
      onPointerUp={(event) => size && pointer.up?.(at(event), size)}
      onPointerLeave={() => pointer.leave?.()}
    >
      <canvas ref={base} />
      <canvas ref={top} />
    </div>
  )
}

function paint(
  canvas: HTMLCanvasElement | null,
  size: Size | undefined,
  theme: ChartTheme | undefined,
  draw: Draw | undefined,
): void {
  if (!canvas || !size || !theme || size.width === 0 || size.height === 0) return
  const ratio = window.devicePixelRatio || 1
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, size.width, size.height)
  context.font = `11px ${theme.font}`
  draw?.(context, size, theme)
}
