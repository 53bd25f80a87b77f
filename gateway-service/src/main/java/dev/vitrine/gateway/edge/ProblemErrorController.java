package dev.vitrine.gateway.edge;

import dev.vitrine.contracts.problem.ErrorCode;
import dev.vitrine.contracts.problem.Problem;
import dev.vitrine.servicekit.ProblemAdvice;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the servlet container sends failures that happened outside of controllers and routes. */
@RestController
@Hidden
final class ProblemErrorController implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<Problem> error(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        // Asked for directly, there is no error to tell of: then it is just an unknown address.
        ErrorCode code = Problems.ofStatus(status instanceof Integer known ? known : 404);
        String instance = path instanceof String known ? known : request.getRequestURI();
        return ResponseEntity.status(code.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemAdvice.problem(code, "", List.of(), instance));
    }
}
