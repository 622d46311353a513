import { render } from 'preact';
import { App } from './shell/App.js';
import { applyTheme } from './shell/ThemeSwitch.js';
import './styles/index.css';

applyTheme();
const place = document.getElementById('app');
if (place !== null) render(<App />, place);
