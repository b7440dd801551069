#!/usr/bin/env bash
# Builds the example overlay as an operator would, and checks every manifest against the Kubernetes schemas (npm's kubernetes-models). Needs kubectl and npm.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/deploy"
cp -r deploy/kubernetes "$work/deploy/"
example=$work/deploy/kubernetes/overlays/example
cp deploy/pilot/catalogue.yaml deploy/pilot/calendar.yaml "$example/"
cp deploy/pilot/schools/lyon.yaml.example "$example/lyon.yaml"
deploy/secrets.sh "$example/secrets" demo
for secret in lyon-webhook lyon-rt lyon-callback lyon-read; do
  printf 'x' >"$example/secrets/schools/$secret"
done
kubectl kustomize "$example" >"$work/all.yaml"
cd "$work"
npm install --no-fund --no-audit --loglevel error kubernetes-models@4.5.1 js-yaml@4.1.1 >/dev/null
cat >check.js <<'JS'
const { readFileSync } = require('fs');
const all = require('js-yaml').loadAll(readFileSync('all.yaml', 'utf8'));
const folders = { v1: 'v1', 'apps/v1': 'apps/v1', 'policy/v1': 'policy/v1', 'autoscaling/v2': 'autoscaling/v2', 'networking.k8s.io/v1': 'networking.k8s.io/v1' };
let bad = 0;
for (const one of all) {
  const what = `${one.kind} ${one.metadata.name}`;
  try {
    const { [one.kind]: Model } = require(`kubernetes-models/${folders[one.apiVersion]}/${one.kind}`);
    // kubectl folds long base64 over lines, which Kubernetes reads and the schema's format does not.
    if (one.kind === 'Secret') for (const key of Object.keys(one.data)) one.data[key] = one.data[key].replace(/\s/g, '');
    new Model(one).validate();
  } catch (error) {
    bad += 1;
    console.error(`${what}: ${error.message}`);
  }
}
// The schemas let unknown names pass, so what must not be forgotten or misspelt is asked for.
const asked = {
  spec: ['securityContext.runAsNonRoot', 'terminationGracePeriodSeconds'],
  container: ['startupProbe.httpGet', 'livenessProbe.httpGet', 'readinessProbe.httpGet', 'resources.limits.memory', 'securityContext.readOnlyRootFilesystem'],
};
const at = (from, path) => path.split('.').reduce((value, name) => value?.[name], from);
for (const { metadata, spec } of all.filter((one) => one.kind === 'Deployment')) {
  const pod = spec.template.spec;
  const missing = [...asked.spec.filter((path) => !at(pod, path)), ...asked.container.filter((path) => !at(pod.containers[0], path))];
  const alone = spec.replicas === 1 || all.some((one) => one.kind === 'PodDisruptionBudget' && one.metadata.name === metadata.name);
  if (missing.length > 0 || !alone) {
    bad += 1;
    console.error(`Deployment ${metadata.name}: missing ${[...missing, ...(alone ? [] : ['its disruption budget'])].join(', ')}`);
  }
}
const scaled = all.filter((one) => one.kind === 'HorizontalPodAutoscaler').map((one) => one.spec.scaleTargetRef.name);
const connector = all.find((one) => one.kind === 'Deployment' && one.metadata.name === 'itop');
if (scaled.includes('itop') || connector.spec.replicas !== 1 || connector.spec.strategy.type !== 'Recreate') {
  bad += 1;
  console.error('the connector must be one instance, never two at once');
}
console.log(`${all.length} manifests, ${bad} wrong`);
process.exit(bad === 0 && all.length > 20 ? 0 : 1);
JS
node check.js
