{{/* Another one after a change of a Secret that the chart makes. */}}
{{- define "todo-chatbot.secretsChecksum" -}}
{{- dict "secrets" .Values.secrets "database" (include "todo-chatbot.databaseUrl" .) | toJson | sha256sum -}}
{{- end -}}

{{/* DATABASE_URL as far as the chart knows it: that of the values, or the trial database's. */}}
{{- define "todo-chatbot.databaseUrl" -}}
{{- $given := get (default dict .Values.secrets.backend.values) "DATABASE_URL" -}}
{{- if $given -}}
{{- $given -}}
{{- else if and .Values.postgresql.enabled (not .Values.postgresql.existingSecret) -}}
{{- with .Values.postgresql -}}
postgresql://{{ .user }}:{{ .password }}@{{ include "todo-chatbot.dns" (list $ (include "todo-chatbot.postgresName" $)) }}:5432/{{ .database }}?sslmode=disable
{{- end -}}
{{- end -}}
{{- end -}}

{{/* host:port of the database, if it can be told; the rest of the URL holds the password and goes nowhere. */}}
{{- define "todo-chatbot.databaseAddress" -}}
{{- if .Values.database.address -}}
{{- .Values.database.address -}}
{{- else if not .Values.secrets.backend.existingSecret -}}
{{- with include "todo-chatbot.databaseUrl" . -}}
{{- $address := regexReplaceAll "^[a-z0-9+]+://([^/?#]*@)?([^/?#]*).*$" . "${2}" -}}
{{- ternary $address (printf "%s:5432" $address) (regexMatch ":[0-9]+$" $address) -}}
{{- end -}}
{{- else if .Values.postgresql.enabled -}}
{{- include "todo-chatbot.dns" (list . (include "todo-chatbot.postgresName" .)) }}:5432
{{- end -}}
{{- end -}}

{{/* What the chart works out itself for a part; an empty value leaves the default of spin.toml: (list $ apps part). JSON. */}}
{{- define "todo-chatbot.derived" -}}
{{- $root := index . 0 -}}
{{- $apps := index . 1 -}}
{{- $part := index . 2 -}}
{{- $values := $root.Values -}}
{{- $hops := ternary 1 0 (or $values.ingress.enabled $values.httpRoute.enabled) -}}
{{- if (get $apps $part).scaleToZero.enabled -}}{{- $hops = add1 $hops -}}{{- end -}}
{{- $mcp := include "todo-chatbot.origin" (list $root $apps $part "mcp") -}}
{{- $mcpService := (get $apps (include "todo-chatbot.owner" (list $apps "mcp"))).name -}}
{{- $hosts := list "mcp.spin.internal" (include "todo-chatbot.dns" (list $root $mcpService)) (printf "%s.%s.svc" $mcpService $root.Release.Namespace) (printf "%s.%s" $mcpService $root.Release.Namespace) $mcpService -}}
{{- dict
  "database_address" (include "todo-chatbot.databaseAddress" $root)
  "auto_migrate" (eq $values.database.migrations "auto" | toString)
  "better_auth_url" (include "todo-chatbot.url" $root)
  "trusted_origins" (join "," $values.trustedOrigins)
  "client_address_hops" ($hops | toString)
  "client_documents_origin" (ternary "" "https://*:443" (empty (get $values.variables "client_documents")))
  "mail_api_origin" (get $values.variables "mail_api_url" | toString | regexFind "^https?://[^/?#]+")
  "auth_origin" (include "todo-chatbot.origin" (list $root $apps $part "auth"))
  "mcp_server_url" (default (printf "%s/mcp" $mcp) $values.mcp.serverUrl)
  "mcp_server_origin" (ternary (regexFind "^https?://[^/]+" $values.mcp.serverUrl) $mcp (ne $values.mcp.serverUrl ""))
  "mcp_allowed_hosts" (concat $hosts $values.ingress.aliases $values.mcp.allowedHosts | join ",")
  | toJson -}}
{{- end -}}

{{/*
The variables of a part: only those that its components use, so that no secret reaches a pod that has no use for it.
Required ones must be set all the same. The part's own win over `variables`, these over what the chart works out, and
what is secret comes from the two Secrets, where a missing optional key leaves the default: (list $ apps part).
*/}}
{{- define "todo-chatbot.variables" -}}
{{- $root := index . 0 -}}
{{- $app := get (index . 1) (index . 2) -}}
{{- $facts := $root.Files.Get "files/app.json" | fromJson -}}
{{- $values := merge dict $app.variables $root.Values.variables (include "todo-chatbot.derived" . | fromJson) -}}
{{- range $name, $variable := $facts.variables }}
{{- $used := false -}}
{{- range $component := $variable.components -}}
{{- if has $component $app.components -}}{{- $used = true -}}{{- end -}}
{{- end -}}
{{- $value := get $values $name | toString -}}
{{- if and $used $variable.key }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ include "todo-chatbot.secretName" (list $root $variable.from) }}
      key: {{ $variable.key }}
      {{- if not $variable.required }}
      optional: true
      {{- end }}
{{- else if and $used (ne $value "") }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- else if $variable.required }}
- name: {{ $name }}
  value: not-used-by-this-part
{{- end }}
{{- end -}}
{{- end -}}
