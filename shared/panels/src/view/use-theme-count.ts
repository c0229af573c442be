import { useEffect, useState } from 'react'

/** Counts changes of the attributes by which editors and pages switch their theme. */
export function useThemeCount(): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const observer = new MutationObserver(() => setCount((n) => n + 1))
    const attributeFilter = ['class', 'data-sx-theme', 'data-jp-theme-name', 'data-vscode-theme-kind']
    for (const element of [document.body, document.documentElement]) observer.observe(element, { attributeFilter })
    return () => observer.disconnect()
  }, [])
  return count
}
