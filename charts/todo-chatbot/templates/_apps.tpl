{{/*
The parts that exist, by name, each complete: its own values over appDefaults. As JSON, since a template answers text:
{{ $apps := include "todo-chatbot.apps" . | fromJson }}. What no SpinApp could be made of fails here.
*/}}
{{- define "todo-chatbot.apps" -}}
{{- $facts := .Files.Get "files/app.json" | fromJson -}}
{{- $apps := dict -}}
{{- $owners := dict -}}
{{- range $part, $own := .Values.apps -}}
{{- $app := mergeOverwrite (deepCopy $.Values.appDefaults) (deepCopy (default dict $own)) -}}
{{- if and $own $app.enabled -}}
{{- $_ := set $app "name" (include "todo-chatbot.appName" (list $ $part)) -}}
{{- include "todo-chatbot.checkApp" (list $part $app $.Values.variables) -}}
{{- range $component := $app.components -}}
{{- if ne $component "health" -}}
{{- if hasKey $owners $component -}}
{{- fail (printf "apps.%s: the component %s is in apps.%s already; a component belongs in one part." $part $component (get $owners $component)) -}}
{{- end -}}
{{- $_ := set $owners $component $part -}}
{{- end -}}
{{- end -}}
{{- $_ := set $apps $part $app -}}
{{- end -}}
{{- end -}}
{{- /* Values of an earlier release do not name these components: each shares its paths with another one. */ -}}
{{- range $component, $beside := dict "clock" "tasks" "session" "auth" -}}
{{- range $part, $app := $apps -}}
{{- if and (has $beside $app.components) (not (hasKey $owners $component)) -}}
{{- $_ := set $app "components" (append $app.components $component) -}}
{{- $_ := set $owners $component $part -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $component := without $facts.components "health" -}}
{{- if not (hasKey $owners $component) -}}
{{- fail (printf "apps: no part has the component %s." $component) -}}
{{- end -}}
{{- end -}}
{{- range $part, $app := $apps -}}
{{- if $app.scaleToZero.enabled -}}
{{- range $component := list "auth" "mcp" -}}
{{- if and (has $component $app.components) (gt (len $apps) 1) -}}
{{- fail (printf "apps.%s.scaleToZero: other parts call its component %s past the interceptor, so it cannot sleep." $part $component) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $apps -}}
{{- end -}}

{{- define "todo-chatbot.checkApp" -}}
{{- $part := index . 0 -}}
{{- $app := index . 1 -}}
{{- $variables := merge (dict) $app.variables (index . 2) (dict "password_hashes_at_once" 8) -}}
{{- if not $app.components -}}
{{- fail (printf "apps.%s.components is missing: which components should it run?" $part) -}}
{{- end -}}
{{- if not (has "health" $app.components) -}}
{{- fail (printf "apps.%s.components needs health: its probes ask it." $part) -}}
{{- end -}}
{{- if and $app.autoscaling.enabled $app.scaleToZero.enabled -}}
{{- fail (printf "apps.%s: autoscaling and scaleToZero exclude each other." $part) -}}
{{- end -}}
{{- if and $app.autoscaling.enabled (gt (int $app.autoscaling.minReplicas) (int $app.autoscaling.maxReplicas)) -}}
{{- fail (printf "apps.%s.autoscaling: minReplicas is more than maxReplicas." $part) -}}
{{- end -}}
{{- if and $app.autoscaling.enabled (not $app.autoscaling.targetCPU) (not $app.autoscaling.targetMemory) -}}
{{- fail (printf "apps.%s.autoscaling needs targetCPU or targetMemory." $part) -}}
{{- end -}}
{{- with dig "limits" "cpu" "" $app.resources | toString -}}
{{- $millis := ternary (trimSuffix "m" . | float64) (mulf (float64 .) 1000) (hasSuffix "m" .) -}}
{{- if lt $millis 250.0 -}}
{{- fail (printf "apps.%s.resources.limits.cpu: under a limit of %s a pod takes 20 s and more to start; leave it out, or give 250m or more." $part .) -}}
{{- end -}}
{{- end -}}
{{- with dig "limits" "memory" "" $app.resources | toString -}}
{{- $mebi := 0.0 -}}
{{- if hasSuffix "Gi" . }}{{ $mebi = mulf (trimSuffix "Gi" . | float64) 1024 -}}
{{- else if hasSuffix "Mi" . }}{{ $mebi = trimSuffix "Mi" . | float64 -}}
{{- else if hasSuffix "G" . }}{{ $mebi = mulf (trimSuffix "G" . | float64) 953 -}}
{{- else if hasSuffix "M" . }}{{ $mebi = mulf (trimSuffix "M" . | float64) 0.953 -}}
{{- else }}{{ fail (printf "apps.%s.resources.limits.memory: write %s in Mi or Gi." $part .) }}{{ end -}}
{{- $hashes := ternary (int $variables.password_hashes_at_once) 0 (has "auth" $app.components) -}}
{{- $needed := add 128 (mul 72 $hashes) -}}
{{- if lt $mebi (float64 $needed) -}}
{{- if $hashes -}}
{{- fail (printf "apps.%s.resources.limits.memory: %s is too little for %d passwords hashed at once: give %dMi or more, or lower variables.password_hashes_at_once." $part . $hashes $needed) -}}
{{- end -}}
{{- fail (printf "apps.%s.resources.limits.memory: %s is too little: give 128Mi or more." $part .) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The part that has a component: (list apps "mcp"). */}}
{{- define "todo-chatbot.owner" -}}
{{- $component := index . 1 -}}
{{- range $part, $app := index . 0 -}}
{{- if has $component $app.components -}}{{ $part }}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Where a part reaches a component, an origin: inside itself, or by service DNS: (list $ apps part component). */}}
{{- define "todo-chatbot.origin" -}}
{{- $apps := index . 1 -}}
{{- $component := index . 3 -}}
{{- $owner := include "todo-chatbot.owner" (list $apps $component) -}}
{{- if eq $owner (index . 2) -}}
http://{{ $component }}.spin.internal
{{- else -}}
{{ include "todo-chatbot.serviceOrigin" (list (index . 0) $apps $component) }}
{{- end -}}
{{- end -}}

{{/* The origin of a component by service DNS, which every part can reach: (list $ apps component). */}}
{{- define "todo-chatbot.serviceOrigin" -}}
{{- $apps := index . 1 -}}
http://{{ include "todo-chatbot.dns" (list (index . 0) (get $apps (include "todo-chatbot.owner" (list $apps (index . 2)))).name) }}
{{- end -}}

{{/*
Which path goes to which part, longest first, from the routes of spin.toml: a path stands here only where its part is not
that of the next shorter path. JSON: {"routes": [{"path", "part"}]}.
*/}}
{{- define "todo-chatbot.routes" -}}
{{- $apps := index . 1 -}}
{{- $facts := (index . 0).Files.Get "files/app.json" | fromJson -}}
{{- $kept := list -}}
{{- range $route := $facts.routes -}}
{{- $parts := list -}}
{{- range $component := $route.components -}}
{{- $parts = append $parts (include "todo-chatbot.owner" (list $apps $component)) | uniq -}}
{{- end -}}
{{- if gt (len $parts) 1 -}}
{{- fail (printf "apps: the components %s share the path %s and so belong in one part: an Ingress cannot tell them apart." (join ", " $route.components) $route.path) -}}
{{- end -}}
{{- $part := first $parts -}}
{{- $above := "" -}}
{{- range $shorter := $kept -}}
{{- if or (eq $shorter.path "/") (hasPrefix (printf "%s/" $shorter.path) $route.path) -}}
{{- $above = $shorter.part -}}
{{- end -}}
{{- end -}}
{{- if ne $part $above -}}
{{- $kept = append $kept (dict "path" $route.path "part" $part) -}}
{{- end -}}
{{- end -}}
{{- dict "routes" (reverse $kept) | toJson -}}
{{- end -}}
