import { type Diagnosis, startDiagnosis } from '@pull-doctor/contract/diagnoses';
import { redactText } from '@pull-doctor/contract/redact';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../../api.ts';
import { diagnosisQuery } from '../../queries.ts';

export interface StartRequest {
  input: string;
  /** The image that an error text is about; empty: as the text says. */
  image: string;
  /** Empty: as the input or the daemon says. */
  platform: string;
  /** Also pull through the daemon. */
  pull: boolean;
}

/** Starts a diagnosis, its secrets hidden before they are sent, and goes to its page. */
export function useStartDiagnosis() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ input, image, platform, pull }: StartRequest): Promise<Diagnosis> =>
      call(startDiagnosis, {
        body: {
          input: redactText(input).text,
          pull,
          ...(image ? { image: redactText(image).text } : {}),
          ...(platform ? { platform } : {}),
        },
      }),
    onSuccess: (diagnosis) => {
      queryClient.setQueryData(diagnosisQuery(diagnosis.id).queryKey, diagnosis);
      void queryClient.invalidateQueries({ queryKey: ['diagnoses'] });
      void navigate({ to: '/diagnose/$id', params: { id: diagnosis.id } });
    },
  });
}
