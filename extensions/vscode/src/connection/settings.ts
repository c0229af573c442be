import { workspace } from 'vscode'

/** The settings that decide where the backend is and how it is started. Empty texts: not set. */
export interface BackendSettings {
  serverUrl: string
  nodePath: string
  python: string
  home: string
  backendPath: string
}

export function backendSettings(): BackendSettings {
  const values = workspace.getConfiguration('secxops')
  const text = (key: string): string => values.get<string>(key)?.trim() ?? ''
  return {
    serverUrl: text('server.url'),
    nodePath: text('nodePath'),
    python: text('python'),
    home: text('home'),
    backendPath: text('backendPath'),
  }
}

/** Keys of {@link backendSettings}; a change of any of them means another backend. */
export const BACKEND_KEYS = ['server.url', 'nodePath', 'python', 'home', 'backendPath'].map((key) => `secxops.${key}`)
