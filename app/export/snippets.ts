/** How to load a dataset with what it was made for. */
import type { Manifest } from './manifest.ts'
import type { TargetName } from './targets/all.ts'

const python = (...lines: string[]) => ['```python', ...lines, '```']
const shell = (...lines: string[]) => ['```bash', ...lines, '```']

type Snippet = (at: Place) => string[]

interface Place {
  folder: string
  config: string
  /** The file with the rows to train on. */
  file: string
}

const load = ({ folder, config }: Place) => [
  'from datasets import load_dataset',
  '',
  `ds = load_dataset("${folder}", "${config}")`,
]

const trainer =
  (...lines: string[]): Snippet =>
  (at) =>
    python(...load(at), '', ...lines)

const upload: Snippet = ({ folder, file }) =>
  shell(
    `curl https://api.openai.com/v1/files -H "Authorization: Bearer $OPENAI_API_KEY" \\`,
    `  -F purpose=fine-tune -F file=@${folder}/${file}`,
  )

const snippets: Record<TargetName, Snippet> = {
  'trl-preference': trainer(
    'from trl import DPOConfig, DPOTrainer',
    'DPOTrainer(model="Qwen/Qwen3-0.6B", args=DPOConfig(output_dir="out"), train_dataset=ds["train"]).train()',
  ),
  'trl-preference-standard': trainer(
    'from trl import DPOConfig, DPOTrainer',
    'DPOTrainer(model="Qwen/Qwen3-0.6B", args=DPOConfig(output_dir="out"), train_dataset=ds["train"]).train()',
  ),
  'trl-reward': trainer(
    'from trl import RewardTrainer  # uses `margin` where the rows have one',
    'RewardTrainer(model="Qwen/Qwen3-0.6B", train_dataset=ds["train"]).train()',
  ),
  'trl-kto': trainer(
    'from trl import KTOConfig, KTOTrainer',
    'KTOTrainer(model=model, args=KTOConfig(output_dir="out"), processing_class=tokenizer, train_dataset=ds["train"]).train()',
  ),
  'trl-sft': trainer(
    'from trl import SFTTrainer',
    'SFTTrainer(model="Qwen/Qwen3-0.6B", train_dataset=ds["train"]).train()',
  ),
  'trl-messages': trainer(
    'from trl import SFTTrainer',
    'SFTTrainer(model="Qwen/Qwen3-0.6B", train_dataset=ds["train"]).train()',
  ),
  'trl-prompts': trainer(
    'from trl import GRPOTrainer',
    'GRPOTrainer(model="Qwen/Qwen3-0.6B", reward_funcs=my_reward, train_dataset=ds["train"]).train()',
  ),
  'openai-dpo': upload,
  'openai-sft': upload,
  'openai-rft': upload,
  'openai-evals': ({ folder, file }) =>
    shell(
      `# in evals/registry/evals/<name>.yaml: args: {samples_jsonl: ${folder}/${file}}`,
      'oaieval gpt-4o <name>',
    ),
  'azure-dpo': ({ folder, file }) =>
    shell(
      'curl "$AZURE_OPENAI_ENDPOINT/openai/files?api-version=2024-10-21" -H "api-key: $AZURE_OPENAI_API_KEY" \\',
      `  -F purpose=fine-tune -F file=@${folder}/${file}`,
    ),
  'together-dpo': ({ folder, file }) => shell(`together files upload ${folder}/${file}`),
  'fireworks-dpo': ({ folder, file }) =>
    shell(`firectl create dataset my-preferences ${folder}/${file}`),
  'axolotl-dpo': ({ folder }) =>
    shell(`axolotl train ${folder}/axolotl.yml  # name your base model in it`),
  'axolotl-kto': ({ folder }) =>
    shell(`axolotl train ${folder}/axolotl.yml  # name your base model in it`),
  'axolotl-sft': ({ folder }) =>
    shell(`axolotl train ${folder}/axolotl.yml  # name your base model in it`),
  'llama-factory-dpo': ({ folder }) =>
    shell(`llamafactory-cli train dpo.yaml dataset_dir=${folder} dataset=preference_train`),
  'llama-factory-kto': ({ folder }) =>
    shell(`llamafactory-cli train kto.yaml dataset_dir=${folder} dataset=kto_train`),
  'llama-factory-sft': ({ folder }) =>
    shell(`llamafactory-cli train sft.yaml dataset_dir=${folder} dataset=sft_train`),
  'nemo-rl': ({ folder, file }) =>
    shell(
      'uv run examples/run_rm.py --config examples/configs/rm.yaml \\',
      `  data.train.dataset_name=PreferenceDataset data.train.data_path=${folder}/${file}`,
    ),
  openrlhf: ({ folder, file }) =>
    shell(
      `python -m openrlhf.cli.train_rm --data.dataset ${folder}/${file} --data.apply_chat_template \\`,
      '  --data.prompt_key prompt --data.chosen_key chosen --data.rejected_key rejected',
    ),
  verl: ({ folder, file }) =>
    shell(
      `python -m verl.trainer.main_ppo data.train_files=${folder}/${file} data.prompt_key=prompt`,
    ),
  helpsteer: (at) => python(...load(at)),
  ranking: (at) => python(...load(at)),
  gemini: ({ folder, file }) =>
    shell(`gcloud storage cp ${folder}/${file} gs://my-bucket/preferences.jsonl`),
  nova: ({ folder, file }) => shell(`aws s3 cp ${folder}/${file} s3://my-bucket/preferences.jsonl`),
  argilla: ({ folder, file }) =>
    python(
      'import argilla as rg',
      '',
      `dataset.records.from_json("${folder}/${file}")  # dataset: an rg.Dataset with these fields`,
    ),
  'label-studio': ({ folder, file }) =>
    shell(
      'curl -X POST "$LABEL_STUDIO_URL/api/projects/1/import" -H "Authorization: Token $LABEL_STUDIO_TOKEN" \\',
      `  -H "Content-Type: application/json" --data-binary @${folder}/${file}`,
    ),
  raw: ({ folder }) =>
    shell(
      `npm run rubrica -- import ${folder}/prompts.jsonl ${folder}/judgments.jsonl --project "Copy"`,
    ),
}

/** Markdown that shows how to load a snapshot that lies in a folder. */
export function snippetOf({ target, files }: Pick<Manifest, 'target' | 'files'>, folder: string) {
  const [first] = files
  if (!first) return ['There are no rows to load.']
  return snippets[target]({ folder, config: first.config, file: first.path })
}
