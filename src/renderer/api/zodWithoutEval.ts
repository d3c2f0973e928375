import { z } from 'zod'

// Imported before any schema is made: otherwise zod tries whether it may generate code, which the page's policy forbids and logs.
z.config({ jitless: true })
