import { Compass } from "lucide";
import { Brand } from "../components/Brand";
import { Blank } from "../components/EmptyState";
import { Link } from "../components/Link";
import { HOME } from "../router";
import { strings } from "../strings";

export function NotFound() {
  const { heading, lead, home } = strings.notFound;
  return (
    <main class="lone" id="content">
      <Brand />
      <Blank icon={Compass} heading={heading} text={lead} alone>
        <Link class="button primary" to={HOME}>
          {home}
        </Link>
      </Blank>
    </main>
  );
}
