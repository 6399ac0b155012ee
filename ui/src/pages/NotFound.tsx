import { Brand } from "../components/Brand";
import { Icon } from "../components/Icon";
import { Link } from "../components/Link";
import { HOME } from "../router";
import { strings } from "../strings";

export function NotFound() {
  return (
    <main class="lone" id="content">
      <Brand />
      <div class="blank">
        <span class="blank-mark">
          <Icon name="leaf" />
        </span>
        <h1>{strings.notFound.heading}</h1>
        <p>{strings.notFound.lead}</p>
        <Link class="button primary" to={HOME}>
          {strings.notFound.home}
        </Link>
      </div>
    </main>
  );
}
