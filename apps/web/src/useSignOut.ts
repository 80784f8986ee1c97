import { signOut } from '@pull-doctor/contract/access';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from './api.ts';
import { setSignedIn } from './signed-in.ts';

/** Ends the session and forgets everything that was read with it. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSuccess: async () => {
      setSignedIn(false);
      await navigate({ to: '/signin' });
      queryClient.clear();
    },
  });
}
