import type { Page } from 'playwright-core'

/** Frames that one measurement lasts. */
const FRAMES = 90

/** Frames a second while the pointer drags from one place to and fro, without a pause, until all frames are counted. */
export async function measurePan(page: Page, from: { x: number; y: number }): Promise<number> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  let done = false
  const counting = page.evaluate(countFrames, FRAMES).finally(() => {
    done = true
  })
  for (let step = 0; !done; step++) {
    const away = Math.abs((step % 120) - 60)
    await page.mouse.move(from.x - away * 4, from.y - away * 2)
  }
  await page.mouse.up()
  return counting
}

function countFrames(frames: number): Promise<number> {
  return new Promise((resolve) => {
    let count = 0
    let start = 0
    const frame = (now: number): void => {
      if (count === 0) start = now
      if (count === frames) resolve((1000 * frames) / (now - start))
      else requestAnimationFrame(frame)
      count++
    }
    requestAnimationFrame(frame)
  })
}

/**
 * The floor: a bare page of as many plain boxes and paths as the graph has, without text, React or any handler but the one that moves
 * them. It shows what the browser's own drawing costs on this machine.
 */
export async function openBarePage(page: Page, nodes: number, edges: number): Promise<void> {
  await page.setContent(
    `<style>body { margin: 0 } #view { position: absolute; transform-origin: 0 0 }
      #view div { position: absolute; box-sizing: border-box; width: 200px; height: 64px; border: 1px solid #888; background: #eee }
      svg { position: absolute; overflow: visible } path { fill: none; stroke: #888; stroke-width: 1.5 }</style>
    <div id="view"></div>`,
  )
  await page.evaluate(
    ([boxes, paths]) => {
      const view = document.getElementById('view')
      if (!view) return
      const at = (index: number): [number, number] => [Math.floor(index / 25) * 304, (index % 25) * 104 + 32]
      const curve = (index: number): string => {
        const [x, y] = at(index % (boxes - 26))
        const [toX, toY] = at((index % (boxes - 26)) + (index < boxes ? 25 : 26))
        return `<path d="M${x + 205} ${y}C${x + 257} ${y} ${toX - 57} ${toY} ${toX - 5} ${toY}"/>`
      }
      const lines = Array.from({ length: paths }, (_, index) => curve(index))
      const places = Array.from({ length: boxes }, (_, index) => at(index))
      view.innerHTML = `<svg>${lines.join('')}</svg>${places.map(([x, y]) => `<div style="left:${x}px;top:${y - 32}px"></div>`).join('')}`
      const move = (x: number, y: number): void => {
        view.style.transform = `translate(${x}px, ${y}px) scale(0.07)`
      }
      move(60, 300)
      addEventListener('mousemove', ({ clientX, clientY }) => move(clientX - 440, clientY - 100))
    },
    [nodes, edges] as const,
  )
}
