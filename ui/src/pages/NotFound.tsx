import { Compass } from "lucide";
import { Brand } from "../components/Brand";
import { EmptyState } from "../components/EmptyState";
import { Link } from "../components/Link";
import { HOME } from "../router";
import { appStrings } from "../strings/firstPage";

export function NotFound() {
  const { heading, lead, home } = appStrings.notFound;
  return (
    <main class="standalone" id="content">
      <Brand />
      <EmptyState icon={Compass} heading={heading} text={lead} alone>
        <Link class="button primary" to={HOME}>
          {home}
        </Link>
      </EmptyState>
    </main>
  );
}
