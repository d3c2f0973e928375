import Tab from '@mui/material/Tab'
import Tabs from '@mui/material/Tabs'
import { useId, useState } from 'react'
import classes from './AboutTopics.module.css'
import { HELP_TOPICS } from './topics.ts'

/** The screens at the left, arrow keys walk them; what they do at the right. It opens where the person is. */
export function AboutTopics({ area }: { readonly area: string }) {
  const [key, setKey] = useState(() => (HELP_TOPICS.find(({ areas }) => areas.includes(area)) ?? HELP_TOPICS[0])?.key)
  const id = useId()
  const topic = HELP_TOPICS.find((candidate) => candidate.key === key)
  return (
    <div className={classes['topics']}>
      <Tabs orientation="vertical" aria-label="Screens" value={key} onChange={(_event, next: string) => setKey(next)} selectionFollowsFocus className={classes['list'] ?? ''}>
        {HELP_TOPICS.map(({ key: value, title }) => (
          <Tab key={value} value={value} label={title} id={`${id}-tab-${value}`} aria-controls={`${id}-words`} disableRipple autoFocus={value === key} />
        ))}
      </Tabs>
      <section id={`${id}-words`} role="tabpanel" aria-labelledby={`${id}-tab-${key}`} className={classes['words']}>
        <h3 className="h2">{topic?.title}</h3>
        {topic?.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
    </div>
  )
}
