import { createContext } from 'react'
import type { FileList } from '../sidebar/use-files.ts'

/** Module files of the workspace, where the editor lists them. */
export const ModuleFilesContext = createContext<FileList | undefined>(undefined)
