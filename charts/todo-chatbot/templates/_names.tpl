{{/* The full name: 40 characters at most, so that every part's name fits the operator's 52. */}}
{{- define "todo-chatbot.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of a part's SpinApp, and so of its Deployment and Service: {{ include … (list $ "backend") }}. */}}
{{- define "todo-chatbot.appName" -}}
{{- $name := printf "%s-%s" (include "todo-chatbot.fullname" (index . 0)) (index . 1) -}}
{{- if gt (len $name) 52 -}}
{{- fail (printf "apps.%s: the name %s has %d characters, and the operator can deploy 52 at most. Shorten fullnameOverride or the part's name." (index . 1) $name (len $name)) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{- define "todo-chatbot.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "todo-chatbot.labels" -}}
{{ include "todo-chatbot.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: todo-chatbot
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "todo-chatbot.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "todo-chatbot.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "todo-chatbot.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "todo-chatbot.postgresName" -}}
{{ include "todo-chatbot.fullname" . }}-postgresql
{{- end -}}

{{/* A Secret's name: (list $ "backend"). */}}
{{- define "todo-chatbot.secretName" -}}
{{- $secret := index (index . 0).Values.secrets (index . 1) -}}
{{- default $secret.name $secret.existingSecret -}}
{{- end -}}

{{/* The Service of KEDA's interceptor, which wakes sleeping parts. */}}
{{- define "todo-chatbot.interceptor" -}}
keda-add-ons-http-interceptor-proxy
{{- end -}}

{{/* Where people reach the app. */}}
{{- define "todo-chatbot.url" -}}
{{- if .Values.url -}}
{{- .Values.url -}}
{{- else -}}
{{- printf "%s://%s" (ternary "https" "http" .Values.ingress.tls.enabled) .Values.host -}}
{{- end -}}
{{- end -}}

{{/* A Service's name in the cluster's DNS: (list $ name). */}}
{{- define "todo-chatbot.dns" -}}
{{- $root := index . 0 -}}
{{- printf "%s.%s.svc.%s" (index . 1) $root.Release.Namespace $root.Values.clusterDomain -}}
{{- end -}}
