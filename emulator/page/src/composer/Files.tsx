import { Icon } from '../common/Icon.js';
import { formatSize } from '../common/time.js';

/** Files that will go with the message. */
export function Files({ files, onChange }: { files: readonly File[]; onChange: (files: File[]) => void }) {
	if (files.length === 0) return null;
	return (
		<div class="files">
			{files.map((file, index) => (
				<span key={index} class="file-chip">
					<Icon name="file" size={16} />
					{file.name} <small>{formatSize(file.size)}</small>
					<button
						type="button"
						class="quiet"
						aria-label={`Remove ${file.name}`}
						onClick={() => onChange(files.filter((_, position) => position !== index))}
					>
						<Icon name="close" size={14} />
					</button>
				</span>
			))}
		</div>
	);
}
