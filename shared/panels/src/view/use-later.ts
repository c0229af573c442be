import { useEffect, useState } from 'react'

/** The value as it was when it last stood still for `delay` milliseconds; compared by JSON. */
export function useLater<T>(value: T, delay: number): T {
  const key = JSON.stringify(value)
  const [later, setLater] = useState({ key, value })
  useEffect(() => {
    if (key === later.key) return
    const timer = setTimeout(() => setLater({ key, value }), delay)
    return () => clearTimeout(timer)
  }, [key, later.key, value, delay])
  return later.value
}
