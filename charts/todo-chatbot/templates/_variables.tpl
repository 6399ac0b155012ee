{{/* A checksum of the Secrets that the chart makes. */}}
{{- define "todo-chatbot.secretsChecksum" -}}
{{- dict "secrets" .Values.secrets "database" (include "todo-chatbot.databaseUrl" .) | toJson | sha256sum -}}
{{- end -}}

{{/* DATABASE_URL if the chart knows it: that of the values, or the trial database's. */}}
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

{{/* host:port of the database if the chart knows DATABASE_URL. The rest of the URL contains the password and is not used. */}}
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

{{/* The variables that the chart sets itself for a part, as JSON; an empty value means the default of spin.toml: (list $ apps part). */}}
{{- define "todo-chatbot.derived" -}}
{{- $root := index . 0 -}}
{{- $apps := index . 1 -}}
{{- $part := index . 2 -}}
{{- $values := $root.Values -}}
{{- with $values.mcp.serverUrl -}}
{{- fail (printf "mcp.serverUrl: split %s into variables.mcp_server_origin (scheme, host, port) and variables.mcp_server_path." .) -}}
{{- end -}}
{{- $hops := ternary 1 0 (or $values.ingress.enabled $values.httpRoute.enabled) -}}
{{- if (get $apps $part).scaleToZero.enabled -}}{{- $hops = add1 $hops -}}{{- end -}}
{{- $mcpService := (get $apps (include "todo-chatbot.owner" (list $apps "mcp"))).name -}}
{{- $hosts := list (include "todo-chatbot.dns" (list $root $mcpService)) (printf "%s.%s.svc" $mcpService $root.Release.Namespace) (printf "%s.%s" $mcpService $root.Release.Namespace) $mcpService -}}
{{- dict
  "database_address" (include "todo-chatbot.databaseAddress" $root)
  "auto_migrate" (eq $values.database.migrations "auto" | toString)
  "better_auth_url" (include "todo-chatbot.url" $root)
  "trusted_origins" (join "," $values.trustedOrigins)
  "client_address_hops" ($hops | toString)
  "client_documents_origin" (ternary "" "https://*:443" (empty (get $values.variables "client_documents")))
  "auth_origin" (include "todo-chatbot.origin" (list $root $apps $part "auth"))
  "clock_origin" (include "todo-chatbot.origin" (list $root $apps $part "clock"))
  "key_set_origin" (include "todo-chatbot.serviceOrigin" (list $root $apps "auth"))
  "mcp_server_origin" (include "todo-chatbot.serviceOrigin" (list $root $apps "mcp"))
  "mcp_allowed_hosts" (concat $hosts $values.ingress.aliases $values.mcp.allowedHosts | join ",")
  | toJson -}}
{{- end -}}

{{/*
The variables of a part: only those that its components use, so that no secret reaches a pod that does not need it.
Required variables are set in every part. The part's own variables win over `variables`, which win over those that the
chart sets. Secret variables come from the two Secrets; a missing optional key means the default: (list $ apps part).
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
