/** For options that may be given more than once. */
export const collect = (value: string, all: string[]): string[] => [...all, value]
