import type { Client } from '@secxops/client/client'
import type { JournalEntry } from '@secxops/protocol/labels'

const PAGE = 1000

/** The whole journal of a base, oldest first. */
export async function readJournal(client: Client, base: string): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (;;) {
    const query = { offset: entries.length, limit: PAGE }
    const page = await client.call('labels.journal', { params: { base }, query })
    entries.push(...page.entries)
    if (page.entries.length < PAGE) return entries
  }
}
