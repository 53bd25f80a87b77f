{{/* The environment of a container. Takes (root, component, facts). */}}
{{- define "vitrine.environment" -}}
{{- $values := .root.Values -}}
{{- $own := index $values .facts.values -}}
{{- $name := include "vitrine.fullname" .root -}}
- name: JDK_JAVA_OPTIONS
  value: -Xmx{{ $own.heap }}
- name: VITRINE_BIND
  value: 0.0.0.0
# After preStop: callers with kept connections move on.
- name: VITRINE_DRAIN
  value: 1s
- name: {{ .facts.portVariable }}
  value: {{ .facts.port | quote }}
{{- with .facts.managementPort }}
- name: MANAGEMENT_SERVER_PORT
  value: {{ . | quote }}
{{- end }}
{{- if .facts.kafka }}
- name: VITRINE_KAFKA
  {{- if $values.kafka.existingSecret.name }}
  valueFrom:
    secretKeyRef:
      name: {{ $values.kafka.existingSecret.name }}
      key: {{ $values.kafka.existingSecret.key }}
  {{- else }}
  value: {{ $values.kafka.bootstrapServers | quote }}
  {{- end }}
- name: SPRING_KAFKA_SECURITY_PROTOCOL
  value: {{ $values.kafka.securityProtocol }}
{{- if hasPrefix "SASL_" $values.kafka.securityProtocol }}
- name: SPRING_KAFKA_PROPERTIES_SASL_MECHANISM
  value: {{ $values.kafka.sasl.mechanism }}
- name: SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ $values.kafka.sasl.existingSecret.name }}
      key: {{ $values.kafka.sasl.existingSecret.key }}
{{- end }}
{{- if $values.kafka.truststore.existingSecret.name }}
- name: SPRING_KAFKA_SSL_TRUSTSTORETYPE
  value: PEM
- name: SPRING_KAFKA_SSL_TRUSTSTORECERTIFICATES
  valueFrom:
    secretKeyRef:
      name: {{ $values.kafka.truststore.existingSecret.name }}
      key: {{ $values.kafka.truststore.existingSecret.key }}
{{- end }}
- name: VITRINE_TOPICREPLICATION
  value: {{ $values.kafka.topicReplication | quote }}
{{- end }}
{{- if .facts.database }}
- name: VITRINE_JDBC_URL
  value: {{ $values.database.jdbcUrl | quote }}
- name: VITRINE_JDBC_USER
  valueFrom:
    secretKeyRef:
      name: {{ $values.database.existingSecret.name }}
      key: {{ $values.database.existingSecret.userKey }}
- name: VITRINE_JDBC_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $values.database.existingSecret.name }}
      key: {{ $values.database.existingSecret.passwordKey }}
{{- end }}
{{- if .facts.roles }}
- name: INDEX_ROLES
  value: {{ .facts.roles | quote }}
- name: VITRINE_DATA
  value: /var/lib/vitrine
{{- end }}
{{- if eq .component "index-shard" }}
- name: INDEX_SHARD_REBUILD_WRITER
  value: http://{{ $name }}-index:8082
{{- end }}
{{- if .facts.kernels }}
- name: VITRINE_KERNELS_REQUIRESIMD
  value: {{ $values.requireSimd | quote }}
{{- end }}
{{- if eq .component "embedding" }}
- name: DJL_CACHE_DIR
  value: /tmp/djl
{{- end }}
{{- if eq .component "gateway" }}
- name: VITRINE_INDEX_URI
  value: http://{{ $name }}-index:8082
- name: VITRINE_RETRIEVAL_URI
  value: http://{{ $name }}-retrieval:8083
- name: VITRINE_RECOMMENDER_URI
  value: http://{{ $name }}-recommender:8084
- name: VITRINE_CURRENCY
  value: {{ $values.currency | quote }}
{{- end }}
{{- if eq .component "retrieval" }}
- name: VITRINE_EMBEDDING_URI
  value: http://{{ $name }}-embedding:8081
- name: VITRINE_INDEX_URI
  value: http://{{ $name }}-index-search:8082
{{- end }}
{{- range $variable, $value := $own.env }}
- name: {{ $variable }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* The pod template of a workload. Takes (root, component, facts). */}}
{{- define "vitrine.pod" -}}
{{- $values := .root.Values -}}
{{- $own := index $values .facts.values -}}
{{- $name := include "vitrine.fullname" .root -}}
{{- $probePort := ternary "management" "http" (hasKey .facts "managementPort") -}}
metadata:
  labels:
    {{- include "vitrine.labels" . | nindent 4 }}
    {{- if .facts.roles }}
    vitrine.dev/searchable: "true"
    {{- end }}
  {{- with $values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "vitrine.serviceAccountName" .root }}
  automountServiceAccountToken: false
  # A Service named vitrine would put an address into VITRINE_PORT.
  enableServiceLinks: false
  {{- with $values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  # An index takes its last snapshot on the way down.
  terminationGracePeriodSeconds: {{ ternary 120 60 (hasKey .facts "roles") }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    fsGroup: 65532
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "vitrine.selector" . | nindent 10 }}
  containers:
    - name: {{ .facts.service }}
      image: {{ with $values.image.registry }}{{ . }}/{{ end }}vitrine-{{ .facts.service }}:{{ $values.image.tag | default .root.Chart.AppVersion }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      command: [java, "@/app/java.options"]
      args: ["dev.vitrine.{{ .facts.service }}.{{ title .facts.service }}Application"]
      env:
        {{- include "vitrine.environment" . | nindent 8 }}
      ports:
        - name: http
          containerPort: {{ .facts.port }}
        {{- with .facts.managementPort }}
        - name: management
          containerPort: {{ . }}
        {{- end }}
      # Kafka is waited for, then an index reads its snapshot: up to ten minutes before liveness counts.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: {{ $probePort }}}
        periodSeconds: 2
        failureThreshold: 300
        timeoutSeconds: 2
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: {{ $probePort }}}
        periodSeconds: 10
        failureThreshold: 6
        timeoutSeconds: 5
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: {{ $probePort }}}
        periodSeconds: 2
        failureThreshold: 3
        timeoutSeconds: 2
      lifecycle:
        preStop:
          # Until every node has heard that this pod takes no more requests.
          sleep: {seconds: 5}
      resources:
        {{- toYaml $own.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        {{- if .facts.roles }}
        - {name: data, mountPath: /var/lib/vitrine}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    {{- if and .facts.roles (not $own.persistence.enabled) }}
    - name: data
      emptyDir: {}
    {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
