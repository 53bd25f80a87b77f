{{/* What each workload is: facts of the services, not settings. uses = variables that it reads. */}}
{{- define "vitrine.components" -}}
gateway:
  service: gateway
  values: gateway
  port: 8080
  portVariable: VITRINE_PORT
  managementPort: 9080
  kafka: true
  calls: [index, retrieval, recommender]
  answersTo: []
embedding:
  service: embedding
  values: embedding
  port: 8081
  portVariable: VITRINE_EMBEDDING_PORT
  kafka: true
  answersTo: [retrieval]
index:
  service: index
  values: index
  port: 8082
  portVariable: VITRINE_INDEX_PORT
  roles: writer,shard
  kafka: true
  database: true
  kernels: true
  answersTo: [gateway, retrieval, index-shard]
index-shard:
  service: index
  values: indexShard
  port: 8082
  portVariable: VITRINE_INDEX_PORT
  roles: shard
  kafka: true
  kernels: true
  calls: [index]
  answersTo: [retrieval]
retrieval:
  service: retrieval
  values: retrieval
  port: 8083
  portVariable: VITRINE_RETRIEVAL_PORT
  kafka: true
  calls: [embedding, index-search]
  answersTo: [gateway]
recommender:
  service: recommender
  values: recommender
  port: 8084
  portVariable: VITRINE_RECOMMENDER_PORT
  kafka: true
  kernels: true
  answersTo: [gateway]
{{- end }}

{{- define "vitrine.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{/* Labels that never change: selectors. Takes (root, component). */}}
{{- define "vitrine.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "vitrine.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{ include "vitrine.selector" . }}
{{- end }}

{{- define "vitrine.serviceAccountName" -}}
{{- if .Values.serviceAccount.name -}}
{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create -}}
{{ include "vitrine.fullname" . }}
{{- else -}}
default
{{- end -}}
{{- end }}

{{/* "yes" when the workload is wanted. */}}
{{- define "vitrine.wanted" -}}
{{- $own := index .root.Values .facts.values -}}
{{- if or (ne .component "index-shard") (gt (int $own.replicas) 0) $own.autoscaling.enabled -}}yes{{- end -}}
{{- end }}
