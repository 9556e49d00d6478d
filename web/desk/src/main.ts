import '$ui/base.css'
import { mount } from 'svelte'
import { addWords } from '$ui'
import kit from '$ui/words/de.json'
import App from './App.svelte'
import { applySettings } from './settings.svelte'
import words from './words/de.json'

addWords(kit, words)
applySettings()
if (import.meta.env.DEV) await import('./gallery/register')
mount(App, { target: document.getElementById('app')! })
